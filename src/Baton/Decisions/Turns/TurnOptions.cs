using System.ComponentModel.DataAnnotations;

namespace Baton.Decisions.Turns;

/// <summary>How turns are worked on.</summary>
/// <param name="PastTickets">
/// Whether the tickets are a file of past ones: decided for the moment the customer wrote, so that promises and hours
/// do not depend on when the file is run, and without starting clocks that would all be overdue.
/// </param>
/// <param name="Acts">Whether workflows act; past tickets were acted on long ago, unless the shop is a stand-in.</param>
internal sealed record TurnOptions(bool PastTickets = false, bool Acts = true)
{
    /// <summary>Attempts of a turn whose tool fails in a way that may pass; then a person gets it. Default 3.</summary>
    [Range(1, 20)]
    public int ToolAttempts { get; init; } = 3;

    /// <summary>Attempts of a turn that fails in any other way that may pass; then a person. Default 4.</summary>
    [Range(1, 20)]
    public int Attempts { get; init; } = 4;
}
