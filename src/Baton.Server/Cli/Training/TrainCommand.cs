using System.CommandLine;

namespace Baton.Server.Cli.Training;

/// <summary>
/// <c>baton train …</c>: makes the weights that ship with Baton again from the data they were made of, and those of a
/// playbook from its labelled tickets.
/// </summary>
internal static class TrainCommand
{
    public static Command Command() => new("train", "Make weights: a playbook's own, or the shipped ones again from public data.")
    {
        TrainAnswers.Command(),
        TrainInjection.Command(),
        TrainRedaction.Command(),
        TrainWords.Command(),
        TrainDifficulty.Command(),
    };
}
