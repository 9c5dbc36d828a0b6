using Baton.Conversations.Findings;
using Baton.Decisions.Stages.Beside;
using Baton.Decisions.Stages.Guarding;
using Baton.Decisions.Turns;
using Baton.Knowledge.Answers;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>
/// The last word: is the answer backed by its sources, and does the policy allow it with what is known now.
/// </summary>
internal sealed class GuardStage : Stage<Guarded>
{
    public override string Name => StageNames.Guard;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var draft = turn.Findings.Resolution?.Draft;
        IReadOnlyList<string> problems = draft switch
        {
            { IsWritten: true } => turn.Findings.Check?.Problems ?? ["the answer was not checked"],
            // Whole sections, word for word: there is nothing to compare.
            { Source: "article" } when turn.Findings.Signals is { Accepted: true } => [],
            { Source: "article" } quoted => turn.Models.Ungrounded(quoted),
            _ => [],
        };
        if (problems.Count == 0 && draft is { IsWritten: false, Source: not "agent" })
            problems = await OpenIn(turn, draft, cancellationToken);
        if (problems.Count == 0 && draft is not null) problems = TooLong(turn, draft);
        var verdict = turn.VerdictWithAnswer(problems);
        return Report(
            new Guarded(verdict.Route, verdict.Confidence, problems), TierNames.Rules, verdict.Confidence,
            problems.Count == 0 ? null : problems[0]);
    }

    /// <summary>A part of an answer may leave out what matters: a person shortens it.</summary>
    private static IReadOnlyList<string> TooLong(Turn turn, DraftAnswer draft)
    {
        if (ReplyText.Limit(turn) is not { } limit) return [];
        var length = ReplyText.Answer(turn.Playbook.Brand, draft).Length;
        return length <= limit ? []
            : [$"it has {length} characters, channel {turn.Conversation.Channel} carries {limit}"];
    }

    /// <summary>An answer to half of a message is no answer. A model that writes is told to answer all of it.</summary>
    private static async ValueTask<IReadOnlyList<string>> OpenIn(
        Turn turn, DraftAnswer draft, CancellationToken cancellationToken)
    {
        // Sections that were accepted were judged as answers to the whole message: comparing words would undo that.
        var (open, asked) = turn.Findings.Signals is { Accepted: true }
            && await turn.Input.ChooseAsync(cancellationToken) is { } choice
            ? await HalfAnswers.CountAsync(turn, choice, cancellationToken)
            : await ByWordsAsync(turn, draft, cancellationToken);
        return open == 0 ? [] : [$"it leaves {open} of {asked} questions open"];
    }

    private static async ValueTask<(int Open, int Asked)> ByWordsAsync(
        Turn turn, DraftAnswer draft, CancellationToken cancellationToken)
    {
        var intent = turn.Playbook.FindIntent(turn.Triage.Intent);
        IEnumerable<string> said = draft.Citations.SelectMany(c => (string[])[c.Title, c.Heading, c.Quote])
            .Prepend(draft.Text);
        // The data of a lookup answers every way of asking for it.
        if (intent is { Class: IntentClass.Lookup }) said = said.Concat(intent.Examples);
        // Sections beside a lookup answer their questions, whose words they need not repeat.
        if (draft is { Source: "tool", Citations.Count: > 0 }
            && await BesideLookUp.ChooseAsync(turn, cancellationToken) is { Choice: var beside })
            said = said.Concat(beside.Sections.SelectMany(s => s.Questions));
        return OpenQuestions.Count(MessageText.ForIntent(turn.Subject, turn.Body), said);
    }

    protected override TurnFindings Apply(Turn turn, Guarded output) =>
        turn.Findings with { Guarded = output, AnswerProblems = output.Problems };

    protected override StageDescription Describe(Guarded output) => new("May it be sent?")
    {
        Facts =
        [
            new("route", StageDescription.Spaced(EnumWords.Of(output.Route))),
            new("problems", output.Problems.Count == 0 ? "none" : string.Join("; ", output.Problems)),
        ],
    };
}

/// <summary>What the guard found wrong with the answer; empty when nothing.</summary>
public sealed record Guarded(Route Route, double Confidence, IReadOnlyList<string> Problems);
