using System.CommandLine;
using System.Text.Json;
using Baton.Evaluation.Measurements;
using Baton.Privacy;

namespace Baton.Server.Cli.Measuring;

/// <summary><c>baton measure redaction</c>: how much of the labelled personal data is found.</summary>
internal static class MeasureRedaction
{
    private static readonly Option<string[]> Test = new("--test")
    {
        Description = "Files of {\"text\",\"spans\":[{\"start\",\"end\",\"type\"}]}, offsets in code points.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Types = new("--types")
    {
        Description = "Compare only these types, separated by commas (names as in the data).",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<bool> Support = new("--support")
    {
        Description = "Measure the product's default profile, not all types.",
    };

    public static Command Command()
    {
        var command = new Command("redaction", "Personal data: precision, recall, leak rate, speed.")
        {
            Test, Types, Support, MeasureCommand.Json,
        };
        command.SetAction((parse, _) => CliError.Guard(() => Task.FromResult(Run(parse))));
        return command;
    }

    /// <summary>One labelled text of a file.</summary>
    public static LabelledText Read(JsonElement line)
    {
        var text = JsonLines.Text(line, "text");
        if (!line.TryGetProperty("spans", out var spans) || spans.ValueKind != JsonValueKind.Array)
            throw new CliError($"a line has no list 'spans': {text}");
        return new LabelledText(text, [.. spans.EnumerateArray().Select(span => Span(span, text))]);
    }

    private static int Run(ParseResult parse)
    {
        var texts = JsonLines.Read(parse.GetValue(Test)!).Select(Read).ToList();
        if (texts.Count == 0) throw new CliError("the files have no lines; there is nothing to measure");
        var types = parse.GetValue(Types)!.Split(',', StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries);
        if (types.FirstOrDefault(t => PersonalDataNames.TypeOf(t) is null) is { } unknown)
            throw new CliError($"--types: no type is called '{unknown}'; names are those of the data, such as PERSON or EMAIL_ADDRESS");
        var redactor = new Redactor(parse.GetValue(Support) ? RedactionProfile.Support : RedactionProfile.Everything);
        FiguresView.Print(RedactionMeasurement.Measure(texts, redactor.Find, types),
            parse.GetValue(MeasureCommand.Json));
        return 0;
    }

    private static LabelledSpan Span(JsonElement span, string text)
    {
        if (span.ValueKind == JsonValueKind.Object
            && span.TryGetProperty("start", out var start) && start.TryGetInt32(out var from)
            && span.TryGetProperty("end", out var end) && end.TryGetInt32(out var to)
            && from >= 0 && to >= from && to <= text.Length)
            return new LabelledSpan(from, to, JsonLines.Text(span, "type"));
        throw new CliError($"a span is not {{\"start\",\"end\",\"type\"}} inside its text: {span.GetRawText()}");
    }
}
