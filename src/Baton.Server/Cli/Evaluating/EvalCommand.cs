using System.CommandLine;
using Baton.Server.Cli.Evaluating.Kept;

namespace Baton.Server.Cli.Evaluating;

/// <summary><c>baton eval …</c>: how good a playbook is, on labelled tickets.</summary>
internal static class EvalCommand
{
    public static Command Command() => new("eval", "Evaluate playbooks and models on labelled tickets, and hold gates.")
    {
        EvalRun.Command(),
        EvalCompare.Command(),
        EvalGate.Command(),
        EvalHistory.Command(),
        EvalDiff.Command(),
        EvalLabels.Command(), EvalGrow.Command(),
        EvalCalibrate.Command(),
    };
}
