using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Asking;

/// <summary>One sentence about a ticket.</summary>
internal sealed record WrittenSummary(string Text);

/// <summary>Asks for the sentence that the handoff packet begins with.</summary>
internal static partial class SummaryQuestion
{
    /// <summary>Characters; the prompt asks for 35 words.</summary>
    private const int Longest = 400;

    private static readonly JsonElement Schema = AnswerSchema.Object(("summary", AnswerSchema.Text()));

    public static ModelQuestion<WrittenSummary> Of(Turn turn)
    {
        var parts = MarkedText.Conversation(turn);
        var said = string.Join('\n', parts.Select(p => p.Text));
        return new ModelQuestion<WrittenSummary>
        {
            Stage = ModelStages.Summary,
            Parts = parts,
            Schema = Schema,
            Read = json => Read(json.Word("summary"), said),
            Confidence = _ => 1,
        };
    }

    /// <summary>Null when it is no single line, or has a number or a name that nobody wrote.</summary>
    private static WrittenSummary? Read(string summary, string said)
    {
        var text = summary.Trim();
        if (text.Length is 0 or > Longest || text.Contains('\n')) return null;
        return Exact().Matches(text).All(m => said.Contains(m.Value, StringComparison.OrdinalIgnoreCase))
            ? new WrittenSummary(text) : null;
    }

    [GeneratedRegex(@"\[[A-Z_]+_\d+\]|\d[\d.,:/-]*\d|\d")]
    private static partial Regex Exact();
}
