using Baton.Conversations;
using Baton.Playbooks;

namespace Baton.Decisions;

/// <summary>One turn of a conversation on its way to a decision: what is known, and what the stages found so far.</summary>
public sealed class Turn
{
    private readonly LocalModels? _models;

    /// <param name="models">Null for a turn whose stages will not run.</param>
    internal Turn(
        Playbook playbook, LocalModels? models, Conversation conversation, DateTimeOffset now, int attempt = 1)
    {
        (Playbook, _models, Conversation, Now, Attempt) = (playbook, models, conversation, now, attempt);
        var mine = conversation.Transcript.Where(l => l.From == Author.Customer).Select(l => l.Text).ToList();
        var at = TurnWords.Decided(conversation, mine.Count);
        Automatic = conversation.Automatic.GetValueOrDefault(at + 1);
        Body = mine.Count == 0 ? "" : mine[at];
        Earlier = [.. mine.Take(at).Where((_, i) => !conversation.Automatic.ContainsKey(i + 1))];
        // What an earlier run of this turn could not get stays so: its stages are read back, not run again.
        foreach (var fall in conversation.FellBack) if (fall.Turn == Number) Count(fall);
    }

    public Playbook Playbook { get; }

    public Conversation Conversation { get; }

    /// <summary>Number of the customer's message, from 1.</summary>
    public int Number => Conversation.CustomerMessages;

    /// <summary>The moment the decision is made for.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>How often this turn was started, from 1.</summary>
    public int Attempt { get; }

    /// <summary>Subject of the ticket, redacted, empty when there is none.</summary>
    public string Subject => Conversation.Subject ?? "";

    /// <summary>The last message that the customer wrote, redacted, cut to the playbook's limit.</summary>
    public string Body { get; }

    /// <summary>What the customer wrote before it, oldest first; automatic mail is nothing they wrote.</summary>
    public IReadOnlyList<string> Earlier { get; }

    /// <summary>
    /// What is noticed in this turn, which is more than what is answered: every message since somebody last answered,
    /// with quotations and what was forwarded, without our own text coming back.
    /// </summary>
    internal string Noticed => field ??= TurnWords.Noticed(this);

    /// <summary>Subject and what is noticed as one text.</summary>
    internal string NoticedText => Subject.Length == 0 ? Noticed : Subject + "\n" + Noticed;

    /// <summary>What kind of automatic mail everything is that the turn could be about; null when somebody wrote.</summary>
    internal string? Automatic { get; }

    internal LocalModels Models => _models ?? throw new InvalidOperationException("this turn runs without models");

    public StageOutput.Gate? Gate { get; internal set; }

    public TriageReading? Triage { get; internal set; }

    public ToneReading? Tone { get; internal set; }

    public ComplexityReading? Complexity { get; internal set; }

    public StageOutput.Assessment? Assessment { get; internal set; }

    public StageOutput.Resolution? Resolution { get; internal set; }

    /// <summary>What the check found in the last version of a written answer; null when none was written.</summary>
    public StageOutput.Checked? Check { get; internal set; }

    public StageOutput.Guarded? Guarded { get; internal set; }

    /// <summary>A model's sentence for the handoff packet, or null.</summary>
    public string? Summary { get; internal set; }

    /// <summary>Set when a rule or an exact answer settles the turn before any model runs.</summary>
    internal ShortCut? ShortCut { get; set; }

    /// <summary>What stages of this run have spent; the conversation's own sum has those of earlier runs.</summary>
    public decimal SpentUsd { get; private set; }

    /// <summary>Whether a model that should have been asked was out of reach.</summary>
    internal bool ModelUnavailable { get; private set; }

    /// <summary>Whether the ticket has used up its budget for models.</summary>
    internal bool BudgetStopped { get; private set; }

    /// <summary>Whether models may take their time, at batch prices.</summary>
    internal bool Batch { get; set; }

    /// <summary>Whether the remaining stages have nothing to do.</summary>
    public bool IsSettled => Gate?.Held is not null || ShortCut is not null;

    /// <summary>What the local classifier makes of the message; computed once.</summary>
    internal TriageReading LocalTriage => field ??= ReadLocally();

    /// <summary>Counts what a stage reported besides its output.</summary>
    internal void Count(StageReport report)
    {
        if (report.IsAside) return;
        SpentUsd += report.CostUsd;
        foreach (var fact in report.Facts)
            if (fact is ConversationEvent.ModelFellBack fall) Count(fall);
    }

    /// <summary>Subject and message as one text, for models.</summary>
    public string FullText => Subject.Length == 0 ? Body : Subject + "\n" + Body;

    /// <summary>Known values by name: what came with the ticket, and what triage found in the text.</summary>
    public IReadOnlyDictionary<string, string> Fields => Triage?.Fields ?? Conversation.Fields;

    private void Count(ConversationEvent.ModelFellBack fall)
    {
        BudgetStopped |= fall.Why == Asking.Fallbacks.TicketBudget;
        // Without a model's tone the local one serves; without intent or answer there is nothing to go on with.
        ModelUnavailable |= fall is { To: "local", Stage: ModelStages.Triage or ModelStages.Draft }
            && Asking.Fallbacks.IsOutOfReach(fall.Why);
    }

    private TriageReading ReadLocally() =>
        Models.Read(Subject, Body, LocalModels.Language(Body), Models.Fields.Find(FullText, Earlier, Conversation.Fields));
}

/// <summary>A turn settled by tier <c>rules</c>: either a rule's outcome or a fixed reply.</summary>
internal sealed record ShortCut(string Name, RuleOutcome? Outcome, string? Reply);
