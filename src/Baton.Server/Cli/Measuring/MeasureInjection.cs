using System.CommandLine;
using System.Text.Json;
using Baton.Evaluation.Measurements;
using Baton.Triage.Instructions;

namespace Baton.Server.Cli.Measuring;

/// <summary><c>baton measure injection</c>: attempts found, and harmless texts taken for attempts.</summary>
internal static class MeasureInjection
{
    private static readonly Option<string[]> Test = new("--test")
    {
        Description = "Files of {\"text\",\"label\":0|1,\"source\"}; lines whose label is not 0 or 1 count as harmless.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Command()
    {
        var command = new Command(
            "injection", "Instruction attempts: recall and false positives, per source.") { Test, MeasureCommand.Json };
        command.SetAction((parse, _) => CliError.Guard(() => Task.FromResult(Run(parse))));
        return command;
    }

    /// <summary>
    /// One line of a file: without a 0 or 1 as label (sets of intents, for example) it is harmless text.
    /// </summary>
    public static InjectionExample Read(JsonElement line, string file)
    {
        var text = line.TryGetProperty("context", out var context) && context.ValueKind == JsonValueKind.String
            && !line.TryGetProperty("text", out _) ? context.GetString()! : JsonLines.Text(line, "text");
        var source = line.TryGetProperty("source", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()! : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var isAttempt = line.TryGetProperty("label", out var label) && label.ValueKind == JsonValueKind.Number
            && label.TryGetInt32(out var value) && value == 1;
        return new InjectionExample(text, isAttempt, source);
    }

    private static int Run(ParseResult parse)
    {
        var examples = parse.GetValue(Test)!.SelectMany(file =>
            JsonLines.Read(file).Select(line => Read(line, file))).ToList();
        if (examples.Count == 0) throw new CliError("the files have no lines; there is nothing to measure");
        var detector = new InstructionDetector();
        FiguresView.Print(InjectionMeasurement.Measure(examples, text => detector.Inspect(text).IsAttempt),
            parse.GetValue(MeasureCommand.Json));
        return 0;
    }
}
