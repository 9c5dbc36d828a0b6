using System.CommandLine;
using System.Text.Json;
using Baton.Evaluation.Measurements;

namespace Baton.Server.Cli.Measuring;

/// <summary>
/// <c>baton measure grounding</c>: the fields of each line are named; with <c>--documents</c> the source field holds
/// the id of a document whose <c>text</c> is the source.
/// </summary>
internal static class MeasureGrounding
{
    public static Command Command()
    {
        var test = Files("--test", "Answers with their source and a label.", required: true);
        var documents = Files("--documents", "Documents (id, text) that the source field names.", required: false);
        var source = Field("--source", "Field with the source text, or the id of a document.", "source");
        var answer = Field("--answer", "Field with the answer.", "answer");
        var label = Field("--label", "Field with 1 (borne out), 0 (not) or null (skipped).", "label");
        var command = new Command("grounding", "How well invented answers are told from those borne out.")
        {
            test, documents, source, answer, label, MeasureCommand.Seed, MeasureCommand.Json,
        };
        command.SetAction((result, _) => CliError.Guard(() =>
        {
            var texts = Documents(result.GetValue(documents) ?? []);
            var lines = JsonLines.Read(result.GetRequiredValue(test)).ToList();
            var judged = lines
                .Select(line => Read(
                    line, result.GetValue(source)!, result.GetValue(answer)!, result.GetValue(label)!, texts))
                .OfType<JudgedAnswer>().ToList();
            if (judged.All(a => a.Grounded) || judged.All(a => !a.Grounded))
                throw new CliError($"{judged.Count} labelled lines, all with the same label: both 0 and 1 are needed");
            var figures = GroundingMeasurement.Measure(judged, result.GetValue(MeasureCommand.Seed));
            FiguresView.Print(figures.Add("skipped", lines.Count - judged.Count), result.GetValue(MeasureCommand.Json));
            return Task.FromResult(0);
        }));
        return command;
    }

    private static Option<string[]> Files(string name, string description, bool required) =>
        new(name) { Description = description, Required = required, AllowMultipleArgumentsPerToken = true };

    private static Option<string> Field(string name, string description, string standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static Dictionary<string, string> Documents(string[] files)
    {
        var texts = new Dictionary<string, string>();
        foreach (var line in JsonLines.Read(files)) texts[JsonLines.Text(line, "id")] = JsonLines.Text(line, "text");
        return texts;
    }

    private static JudgedAnswer? Read(
        JsonElement line, string source, string answer, string label, Dictionary<string, string> documents)
    {
        var text = JsonLines.Text(line, source);
        if (documents.Count > 0 && !documents.TryGetValue(text, out text!))
            throw new CliError($"no document has the id '{JsonLines.Text(line, source)}' that '{source}' names");
        return Label(line, label) is { } grounded ? new JudgedAnswer(text, JsonLines.Text(line, answer), grounded)
            : null;
    }

    private static bool? Label(JsonElement line, string field)
    {
        if (!line.TryGetProperty(field, out var value)) throw new CliError($"a line has no field '{field}'");
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.GetDouble() is 0 or 1 => value.GetDouble() == 1,
            _ => throw new CliError($"'{field}' must be 1, 0 or null, found: {value.GetRawText()}"),
        };
    }
}
