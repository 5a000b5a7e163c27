// Maven checks what is typed in by the descriptor's rules, but takes what the command line gives: so it is checked again here.
def rules = [
    artifactId: /(?=.{1,39}$)[a-z][a-z0-9]*(-[a-z0-9]+)*/,
    className : /[A-Z][A-Za-z0-9]*/,
    feed      : /stream|queue/,
    feedName  : /[A-Za-z0-9][A-Za-z0-9._-]{0,99}/,
]
rules.each { name, rule ->
    def value = name == 'artifactId' ? request.artifactId : request.properties[name]
    if (!(value ==~ rule)) {
        throw new IllegalArgumentException("not allowed: ${name}=${value} allowed=${rule}; what was made is of no use")
    }
}
