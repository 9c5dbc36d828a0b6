using System.CommandLine;

namespace Baton.Server.Cli.Training;

/// <summary>
/// <c>baton train …</c>: makes the weights that ship with Baton again from the data they were made of.
/// </summary>
internal static class TrainCommand
{
    public static Command Command() => new("train", "Make the shipped weights again from public data.")
    {
        TrainInjection.Command(),
        TrainRedaction.Command(),
        TrainWords.Command(),
        TrainDifficulty.Command(),
    };
}
