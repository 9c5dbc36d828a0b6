using System.CommandLine;
using Baton.Server.Cli.Learning;

namespace Baton.Server.Cli.Measuring;

/// <summary><c>baton measure …</c>: figures of the local models on anyone's labelled data.</summary>
internal static class MeasureCommand
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object for machines." };

    public static readonly Option<int> Seed = new("--seed")
    {
        Description = "Seed of everything random.",
        DefaultValueFactory = _ => 1,
    };

    public static Command Command() => new("measure", "Measure the local models on labelled data (JSON lines).")
    {
        MeasureAnswers.Command(),
        MeasureIntents.Command(),
        MeasureRetrieval.Command(),
        MeasureTone.Command(),
        MeasureInjection.Command(),
        MeasureRedaction.Command(),
        MeasureGrounding.Command(),
        MeasureReuse.Command(),
        MeasureGaps.Command(),
    };
}
