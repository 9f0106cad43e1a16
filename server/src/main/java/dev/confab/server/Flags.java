package dev.confab.server;

import dev.confab.protocol.Plain;
import dev.confab.server.Option.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options as flags of a command line. */
final class Flags {

    private static final int WIDTH = 100;

    private Flags() {}

    /** A command with a flag for each option, and {@code --help}. */
    static CommandSpec command(String name) {
        CommandSpec command = CommandSpec.create().name(name);
        command.addOption(help());
        Options.ALL.stream().map(Flags::flag).forEach(command::addOption);
        command.usageMessage().customSynopsis("confab " + name + " [flags]%n").width(WIDTH);
        command.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Flags::sections);
        return command;
    }

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help and exits.")
                .build();
    }

    /** The help's list of flags, a chapter for each section. */
    private static String sections(CommandLine.Help help) {
        return Arrays.stream(Section.values())
                .map(section -> "%n" + section.title() + "%n" + flags(help, section))
                .collect(Collectors.joining())
                .replace("%n", System.lineSeparator());
    }

    private static String flags(CommandLine.Help help, Section section) {
        var layout = help.createDefaultLayout();
        layout.addOptions(
                help.commandSpec().options().stream()
                        .filter(flag -> section(flag) == section)
                        .toList(),
                help.createDefaultParamLabelRenderer());
        return layout.toString();
    }

    private static Section section(OptionSpec flag) {
        return Options.byFlag(flag.longestName()).<Section>map(Option::section).orElse(Section.SERVER);
    }

    static Map<String, Node> parse(String... args) {
        try {
            return given(new CommandLine(command("serve")).parseArgs(spelledAsFlags(args)));
        } catch (ParameterException e) {
            throw new BadSettings(problem(e));
        }
    }

    /** What was given on a command line. */
    static Map<String, Node> given(ParseResult result) {
        var given = new HashMap<String, Node>();
        for (OptionSpec spec : result.matchedOptions()) {
            Options.byFlag(spec.longestName())
                    .ifPresent(option ->
                            given.put(option.name(), new Node.Text("flag " + option.flag(), spec.getValue())));
        }
        return given;
    }

    /** Lets flags be spelled as in files too: {@code --closeTimeout} is {@code --close-timeout}. */
    static String[] spelledAsFlags(String... args) {
        return Arrays.stream(args).map(Flags::spelledAsFlag).toArray(String[]::new);
    }

    private static String spelledAsFlag(String arg) {
        int end = arg.indexOf('=') < 0 ? arg.length() : arg.indexOf('=');
        return arg.startsWith("--")
                ? Options.byKey(arg.substring(2, end))
                        .map(option -> option.flag() + arg.substring(end))
                        .orElse(arg)
                : arg;
    }

    /** What is wrong with a command line. */
    static String problem(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched());
            case OverwrittenOptionException twice ->
                "option " + name(((OptionSpec) twice.getOverwritten())) + ": it is given twice";
            case MissingParameterException missing
            when missing.getMissing().getFirst() instanceof OptionSpec flag ->
                "option " + name(flag) + ": its value is missing";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String unmatched(List<String> args) {
        String first =
                args.stream().filter(arg -> arg.startsWith("-")).findFirst().orElse(args.getFirst());
        if (!first.startsWith("-")) {
            return "unexpected argument " + Plain.quoted(first) + "; confab --help tells more";
        }
        String flag = first.split("=", 2)[0];
        return Unknown.option(flag, "flag", Option::flag);
    }

    private static String name(OptionSpec flag) {
        return Options.byFlag(flag.longestName()).map(Option::name).orElse(flag.longestName()) + " (flag "
                + flag.longestName() + ")";
    }

    private static OptionSpec flag(Option<?> option) {
        var spec = OptionSpec.builder(option.flag())
                .type(String.class)
                .paramLabel("<" + option.kind().label() + ">")
                .description(description(option).replace("%", "%%"));
        if (option.fallback() instanceof Boolean) {
            spec.arity("0..1").fallbackValue("true");
        }
        return spec.build();
    }

    private static String description(Option<?> option) {
        String about =
                Character.toUpperCase(option.about().charAt(0)) + option.about().substring(1);
        return about + ". Is " + option.kind().allowed() + ". Default: " + option.fallbackShown();
    }
}
