using System.Text.Json;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>What became of a call. The set is closed.</summary>
internal abstract record ToolOutcome
{
    private ToolOutcome() { }

    /// <summary>It was done, now or before under the same key.</summary>
    /// <param name="Output">What this customer may see of the answer; null when it was done before.</param>
    public sealed record Done(JsonElement? Output, string? Reference, decimal? Amount) : ToolOutcome
    {
        /// <summary>The amount that was called with: a person may have approved another than was asked for.</summary>
        public decimal? Asked { get; init; }
    }

    /// <summary>It may not be made. Nothing happened.</summary>
    public sealed record Refused(ToolVerdict.Denied Denied) : ToolOutcome;

    /// <summary>A person decides. Nothing has happened; the same call later finds what was decided.</summary>
    public sealed record Waiting(string ApprovalId) : ToolOutcome;

    /// <summary>The customer has to see it and say yes first. Nothing has happened.</summary>
    /// <param name="Text">What they are shown, with real values.</param>
    /// <param name="Effect">Names what a yes is a yes to.</param>
    public sealed record AsksCustomer(string Text, string Effect) : ToolOutcome;

    /// <summary>It was tried and surely has had no effect.</summary>
    /// <param name="Retryable">Whether the same call may work later.</param>
    public sealed record Failed(ToolFailure Kind, string Why, bool Retryable) : ToolOutcome;

    /// <summary>An earlier attempt may still be on its way: the same call knows more in a moment.</summary>
    public sealed record UnderWay(string Why) : ToolOutcome;

    /// <summary>Nobody knows whether it had its effect: a person has to look.</summary>
    public sealed record Unknown(string Why) : ToolOutcome;
}

/// <summary>How a call failed.</summary>
internal enum ToolFailure
{
    /// <summary>An input does not fit, says the tool.</summary>
    BadInput,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>It is about something that belongs to another customer.</summary>
    NotTheirs,

    /// <summary>The tool said no.</summary>
    Declined,

    /// <summary>No answer, or none that can be read.</summary>
    Unavailable,

    /// <summary>It is known to be down, and was not asked.</summary>
    Broken,
}
