package quick;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What other sources can see of a compiled class, and what it refers to; read by the Java Virtual Machine Specification,
 * chapter 4.
 *
 * @param name with slashes and, for nested classes, dollar signs
 * @param api a hash of everything that the compilation of another source can depend on: kind, supertypes, members that are
 *     not private with their types and flags, constants' values
 * @param supertypes the superclass and the interfaces
 * @param references all classes that are named in it, in descriptors and signatures too
 */
record ClassFile(String name, String api, Set<String> supertypes, Set<String> references) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int PRIVATE = 0x0002;
    private static final int SYNTHETIC = 0x1000;
    private static final int ANNOTATION = 0x2000;
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");
    private static final Pattern ONLY_A_NAME = Pattern.compile("[\\w/$]+");

    static ClassFile parse(byte[] bytes) {
        try {
            return new Parser(new DataInputStream(new ByteArrayInputStream(bytes))).parse();
        } catch (IOException e) {
            throw new IllegalArgumentException("no class file that this can read", e);
        }
    }

    /** {@code Inner} of {@code pack/Outer$Inner}: the name by which sources speak of it. */
    static String simpleName(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')) + 1);
    }

    private static final class Parser {
        private final DataInputStream in;
        private Object[] constants;
        private final StringBuilder api = new StringBuilder();

        Parser(DataInputStream in) {
            this.in = in;
        }

        ClassFile parse() throws IOException {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a class file");
            }
            in.readInt();
            constants();
            int flags = in.readUnsignedShort();
            String name = className(in.readUnsignedShort());
            Set<String> supertypes = new TreeSet<>();
            int parent = in.readUnsignedShort();
            if (parent != 0) {
                supertypes.add(className(parent));
            }
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                supertypes.add(className(in.readUnsignedShort()));
            }
            api.append(flags).append(' ').append(name).append(' ').append(supertypes).append('\n');
            members();
            members();
            attributes(true);
            if ((flags & ANNOTATION) != 0) {
                // Its own annotations (where it may stand, whether it repeats) matter to others: any change counts.
                api.append(List.of(constants));
            }
            return new ClassFile(name, IncrementalBuild.hash(api.toString()), supertypes, references());
        }

        private void constants() throws IOException {
            int count = in.readUnsignedShort();
            constants = new Object[count];
            java.util.Arrays.fill(constants, "");
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> constants[i] = in.readUTF();
                    case 3, 4 -> constants[i] = tag == 3 ? (Object) in.readInt() : (Object) in.readFloat();
                    case 5, 6 -> {
                        constants[i] = tag == 5 ? (Object) in.readLong() : (Object) in.readDouble();
                        i++; // takes two places
                    }
                    case 7, 8, 16, 19, 20 -> constants[i] = new Reference(tag, in.readUnsignedShort());
                    case 9, 10, 11, 12, 17, 18 -> in.readInt();
                    case 15 -> {
                        in.readUnsignedByte();
                        in.readUnsignedShort();
                    }
                    default -> throw new IOException("unknown constant " + tag);
                }
            }
        }

        private String className(int index) {
            return text(((Reference) constants[index]).index());
        }

        private String text(int index) {
            return (String) constants[index];
        }

        private void members() throws IOException {
            int count = in.readUnsignedShort();
            List<String> seen = new ArrayList<>();
            int before = api.length();
            for (int i = 0; i < count; i++) {
                int flags = in.readUnsignedShort();
                api.append(flags).append(' ').append(text(in.readUnsignedShort())).append(' ')
                        .append(text(in.readUnsignedShort()));
                attributes(false);
                if ((flags & PRIVATE) == 0 && (flags & SYNTHETIC) == 0) {
                    seen.add(api.substring(before));
                }
                api.setLength(before);
            }
            seen.forEach(member -> api.append(member).append('\n'));
        }

        /** Adds those to the API that the compiler reads in another class. */
        private void attributes(boolean ofClass) throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                String name = text(in.readUnsignedShort());
                int length = in.readInt();
                switch (name) {
                    case "Signature" -> api.append(" signature ").append(text(in.readUnsignedShort()));
                    case "ConstantValue" -> {
                        Object value = constants[in.readUnsignedShort()];
                        api.append(" value ").append(value instanceof Reference r ? text(r.index()) : value);
                    }
                    case "Exceptions", "PermittedSubclasses" -> {
                        api.append(' ').append(name);
                        for (int j = in.readUnsignedShort(); j > 0; j--) {
                            api.append(' ').append(className(in.readUnsignedShort()));
                        }
                    }
                    case "InnerClasses" -> innerClasses();
                    case "Deprecated" -> api.append(" deprecated");
                    default -> {
                        if (ofClass && name.equals("Record")) {
                            api.append(" record");
                        }
                        in.skipNBytes(length);
                    }
                }
            }
            if (ofClass) {
                api.append('\n');
            }
        }

        /** A nested class's own flags stand here: whether it is private, or static. */
        private void innerClasses() throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                String inner = className(in.readUnsignedShort());
                in.readUnsignedShort();
                in.readUnsignedShort();
                api.append(" inner ").append(inner).append(' ').append(in.readUnsignedShort());
            }
        }

        private Set<String> references() {
            Set<String> found = new TreeSet<>();
            for (Object constant : constants) {
                if (constant instanceof Reference r && r.tag() == 7) {
                    found.add(text(r.index()));
                } else if (constant instanceof String s && !ONLY_A_NAME.matcher(s).matches()) {
                    Matcher names = IN_DESCRIPTOR.matcher(s);
                    while (names.find()) {
                        found.add(names.group(1));
                    }
                }
            }
            return found;
        }
    }

    private record Reference(int tag, int index) {}
}
