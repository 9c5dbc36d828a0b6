using System.CommandLine;
using Baton.Evaluation.Measurements;
using Baton.Triage.Intents;

namespace Baton.Server.Cli.Measuring;

/// <summary>
/// <c>baton measure reuse</c>: what the semantic cache would answer, and how often wrongly; lines with text and label.
/// </summary>
internal static class MeasureReuse
{
    public static Command Command()
    {
        var data = new Option<string[]>("--data")
        {
            Description = "Labelled texts; two of the same label may share an answer.", Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var most = new Option<double>("--most-false")
        {
            Description = "Largest share of false hits on the half that the threshold is chosen on.",
                DefaultValueFactory = _ => 0.03,
        };
        var command = new Command(
            "reuse", "Choose the semantic cache's threshold on one half of the texts, report on the other.")
        {
            data, most, MeasureCommand.Seed, MeasureCommand.Json,
        };
        command.SetAction((result, _) => CliError.Guard(() =>
        {
            var texts = JsonLines.Read(result.GetRequiredValue(data))
                .Select(line => new IntentExample(JsonLines.Text(line, "text"), JsonLines.Text(line, "label")))
                .ToList();
            if (texts.Count < 20)
                throw new CliError($"{texts.Count} lines; 20 are the least that can be halved and measured");
            FiguresView.Print(ReuseMeasurement.Measure(
                texts, result.GetValue(most), result.GetValue(MeasureCommand.Seed)),
                result.GetValue(MeasureCommand.Json));
            return Task.FromResult(0);
        }));
        return command;
    }
}
