package dev.weir.bench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes records of records, lists, maps and plain values to another JVM that runs the same program, and reads them there. Not thread-safe. */
final class RecordStream {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** How to take a record apart and put it together. */
    private record Shape(List<MethodHandle> getters, MethodHandle constructor) {}

    private final Map<String, Shape> shapes = new HashMap<>();

    void write(@Nullable Object value, DataOutputStream out) throws IOException {
        switch (value) {
            case null -> out.writeByte('0');
            case String text -> {
                out.writeByte('s');
                bytes(text.getBytes(StandardCharsets.UTF_8), out);
            }
            case byte[] array -> {
                out.writeByte('b');
                bytes(array, out);
            }
            case Long number -> {
                out.writeByte('l');
                out.writeLong(number);
            }
            case Integer number -> {
                out.writeByte('i');
                out.writeInt(number);
            }
            case Boolean flag -> out.writeByte(flag ? 't' : 'f');
            case BigDecimal number -> {
                out.writeByte('n');
                out.writeUTF(number.toString());
            }
            case Enum<?> constant -> {
                out.writeByte('e');
                out.writeUTF(constant.getDeclaringClass().getName());
                out.writeUTF(constant.name());
            }
            case List<?> list -> {
                out.writeByte('[');
                out.writeInt(list.size());
                for (Object each : list) {
                    write(each, out);
                }
            }
            case Map<?, ?> map -> {
                out.writeByte('{');
                out.writeInt(map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    write(entry.getKey(), out);
                    write(entry.getValue(), out);
                }
            }
            case Record parts -> {
                out.writeByte('r');
                out.writeUTF(parts.getClass().getName());
                for (MethodHandle getter : shape(parts.getClass().getName()).getters) {
                    write(get(getter, parts), out);
                }
            }
            default -> throw new IllegalArgumentException("no value that can be sent: type=" + value.getClass());
        }
    }

    private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Nullable
    Object read(DataInputStream in) throws IOException {
        int type = in.readByte();
        return switch (type) {
            case '0' -> null;
            case 's' -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            case 'b' -> in.readNBytes(in.readInt());
            case 'l' -> in.readLong();
            case 'i' -> in.readInt();
            case 't' -> true;
            case 'f' -> false;
            case 'n' -> new BigDecimal(in.readUTF());
            case 'e' -> constant(type(in.readUTF()), in.readUTF());
            case '[' -> list(in);
            case '{' -> map(in);
            case 'r' -> parts(in);
            default -> throw new IOException("not what was sent: type=" + type);
        };
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<@Nullable Object> list(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<@Nullable Object> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(read(in));
        }
        return list;
    }

    private Map<Object, @Nullable Object> map(DataInputStream in) throws IOException {
        int count = in.readInt();
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(Objects.requireNonNull(read(in)), read(in));
        }
        return map;
    }

    private Object parts(DataInputStream in) throws IOException {
        Shape shape = shape(in.readUTF());
        @Nullable Object[] parts = new @Nullable Object[shape.getters.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = read(in);
        }
        try {
            return shape.constructor.invokeWithArguments(parts);
        } catch (Throwable e) {
            throw new IllegalStateException("a record cannot be put together", e);
        }
    }

    private static @Nullable Object get(MethodHandle getter, Object parts) {
        try {
            return getter.invoke(parts);
        } catch (Throwable e) {
            throw new IllegalStateException("a record cannot be taken apart: value=" + parts, e);
        }
    }

    private Shape shape(String name) {
        return shapes.computeIfAbsent(name, each -> {
            try {
                Class<?> type = type(each);
                RecordComponent[] components = type.getRecordComponents();
                List<MethodHandle> getters = new ArrayList<>();
                for (RecordComponent component : components) {
                    getters.add(LOOKUP.unreflect(component.getAccessor()));
                }
                Class<?>[] types =
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
                return new Shape(getters, LOOKUP.findConstructor(type, MethodType.methodType(void.class, types)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("not a public record: name=" + each, e);
            }
        });
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the other JVM runs another program: class=" + name, e);
        }
    }
}
