using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Text;

namespace Baton.Decisions.Turns;

/// <summary>
/// "Of course, it's NW-12345, paid with PayPal" says nothing of its own matter: it answers the question for the number,
/// and is about what that was asked for.
/// </summary>
internal static class AnsweredQuestion
{
    /// <summary>Words beside the value at most: a longer message tells something new.</summary>
    private const int MostWords = 25;

    /// <summary>The reading of the matter before the question, or null when the message is no answer to it.</summary>
    /// <param name="local">What the message says on its own.</param>
    public static async ValueTask<TriageReading?> OfAsync(
        Turn turn, TriageReading local, CancellationToken cancellationToken)
    {
        if (turn.Earlier.Count == 0 || !WasAsked(turn)) return null;
        // Whatever is said to what was shown is about it; whether it is a yes is decided where it matters.
        var isConfirming = turn.Conversation.AskedToConfirm is not null;
        var own = OwnWords.Of(turn.Body);
        var words = own.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (!isConfirming && (own.Contains('?') || words > MostWords)) return null;
        // Whoever states another matter surely has changed it.
        var sure = !isConfirming && !local.IsOutOfScope
            && local.Confidence >= turn.Playbook.Thresholds.TriageConfidence;
        var intent = turn.Playbook.FindIntent(turn.Conversation.LastIntent ?? "")
            ?? (sure ? null : await BeforeAsync(turn, cancellationToken));
        if (intent is null || (sure && local.Intent != intent.Name)) return null;
        // Whatever is said to who this is answers it, also that nobody knows.
        var isIdentity = turn.Conversation.IdentityAskedAt is { } asked && asked == turn.Conversation.Messages - 1;
        if (!isIdentity && !isConfirming
            && !intent.RequiredFields.Any(field => turn.Models.Fields.Values(field, own).Count > 0))
            return null;
        return local with
        {
            Intent = intent.Name, Class = intent.Class, Category = intent.Category, ProductArea = intent.ProductArea,
            Confidence = 1, Margin = 1, OutOfScope = 0, IsOutOfScope = false,
        };
    }

    /// <summary>What the customer wrote before, where the conversation began elsewhere.</summary>
    private static async ValueTask<Intent?> BeforeAsync(Turn turn, CancellationToken cancellationToken)
    {
        var (customer, said) = (turn.Input.Customer, turn.Earlier[^1]);
        await turn.Models.PrepareAsync(customer, turn.Subject, said, cancellationToken);
        var before = turn.Models.Read(customer, turn.Subject, said, LocalModels.Language(said), turn.Fields);
        return before.IsOutOfScope || before.Confidence < turn.Playbook.Thresholds.TriageConfidence ? null
            : turn.Playbook.FindIntent(before.Intent);
    }

    /// <summary>
    /// Baton has asked for a field, or somebody has asked something before this conversation came here.
    /// </summary>
    private static bool WasAsked(Turn turn)
    {
        if (turn.Conversation.LastOutcome == OutcomeKind.Asked) return true;
        var said = turn.Conversation.Transcript.LastOrDefault(l => l.From != Author.Customer);
        return turn.Conversation.LastOutcome is null && said is not null
            && said.Text.Contains('?', StringComparison.Ordinal);
    }
}
