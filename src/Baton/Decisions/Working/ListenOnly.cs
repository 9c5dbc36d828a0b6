using Baton.Decisions.Turns;

namespace Baton.Decisions.Working;

/// <summary>
/// While somebody tries Baton beside a helpdesk, nobody is answered: turns are recorded and end in silence.
/// </summary>
internal sealed class ListenOnly
{
    /// <summary>How the reason of such a turn begins; the ledger has it.</summary>
    public const string Why = "a shadow looks on";

    /// <summary>Whether it is so now; asked before each turn. Null: never.</summary>
    internal Func<bool>? IsOn { get; set; }

    /// <summary>Why there is nothing to say, or null.</summary>
    public string? Of(Turn turn) => !turn.Conversation.Locked && IsOn?.Invoke() == true ? Why : null;
}
