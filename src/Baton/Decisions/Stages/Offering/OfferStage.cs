using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Decisions.Turns;
using Baton.Knowledge.Choice;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages.Offering;

/// <summary>
/// What helps while a person is on the way: passages for the customer, and the reply that may not leave by itself for
/// the person. Beside a question back: passages that more probably than not answer without it.
/// </summary>
internal sealed class OfferStage : Stage<Offered>
{
    /// <summary>Offers at most: more than a few are a search page.</summary>
    private const int MostOffers = 3;

    /// <summary>A passage that is this improbable beside the best would only cost a glance.</summary>
    private const double LeastShare = 0.02;

    /// <summary>Words of all offers together; the first is whole in any case.</summary>
    private const int MostWords = 300;

    /// <summary>Why nothing is offered where there is nothing to choose with.</summary>
    internal const string NoChoice = "nothing was chosen";

    public override string Name => StageNames.Offers;

    public override bool Applies(Turn turn) =>
        turn.Findings.Guarded is { Route: not Route.Auto } guarded
        && (guarded.Route != Route.Ask || Asked(turn) is not (null or VerifyingQuestion.Field or Confirming.Field));

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var bar = OfferBar.Of(turn, turn.Verdict);
        if (bar.IsGrave) return Report(Offered.Nothing(bar.Why), TierNames.Rules, null, bar.Why);
        // Beside a question nobody is on the way who would read a draft.
        var asked = turn.Verdict.Route == Route.Ask ? Asked(turn) : null;
        var written = asked is null ? Written(turn) : null;
        if (await turn.Input.ChooseAsync(cancellationToken) is not { } choice)
            return Report(new Offered(null, NoChoice, [], written), TierNames.Rules);
        var probability = Math.Round(Acceptance.Of(choice.Evidence, turn.Playbook), 4);
        var isProbable = probability >= bar.Floor;
        var why = isProbable ? bar.Why : "too improbable";
        if (isProbable && asked is null) written ??= SectionReply.Of(choice, probability);
        string Text(IReadOnlyList<Offer> offers) =>
            asked is null ? ReplyText.Escalated(turn, "", offers) : ReplyText.Question(turn, asked, offers);
        IReadOnlyList<Offer> offers = why is null ? ReplyText.Fitting(turn, Offers(turn, choice), Text) : [];
        var offered = new Offered(probability, why, offers, written)
        {
            Nearest = Section(choice, 0), Needed = turn.AnswerFrom.Value,
        };
        return Report(offered, TierNames.Local, probability, bar.Why);
    }

    protected override TurnFindings Apply(Turn turn, Offered output) => turn.Findings with { Offered = output };

    protected override StageDescription Describe(Offered output) => new("What may help meanwhile?")
    {
        Facts =
        [
            new("offered", string.Join("; ", output.Offers.Select(o => $"{o.Title}: {o.Heading}"))),
            new("not offered", StageDescription.Spaced(output.Withheld ?? "")),
            new(NearlyAnswered.Measure, output.Probability is { } p ? StageDescription.Share(p) : ""),
            new("draft from", output.Draft?.Source ?? ""),
        ],
        Line = output.Offers.Count == 0 ? "" : $"{output.Offers.Count} passages offered",
    };

    private static string? Asked(Turn turn) => turn.Findings.Signals is { Missing: [var field, ..] } ? field : null;

    /// <summary>An answer that was tried and is not known to be wrong: half of a letter, or not sure enough.</summary>
    private static DraftAnswer? Written(Turn turn) =>
        turn.Findings.Check is { Problems.Count: > 0 } ? null
            : turn.Findings.Resolution?.Draft ?? Question(turn);

    /// <summary>What automation would have asked back, where a person sends its words.</summary>
    private static DraftAnswer? Question(Turn turn) =>
        turn.Findings.Signals is { Autonomy: AutonomyRung.Draft, Missing: [var field, ..] }
        && turn.Playbook.Fields.TryGetValue(field, out var known)
            ? new DraftAnswer { Text = known.Question, Source = "question", Relevance = 1, Tier = TierNames.Rules }
            : null;

    /// <summary>The best sections that the customer has not read in this conversation.</summary>
    private static List<Offer> Offers(Turn turn, SectionChoiceOf choice)
    {
        var (offers, words) = (new List<Offer>(), 0);
        for (var i = 0; i < choice.Ranking.Count && offers.Count < MostOffers; i++)
        {
            if (offers.Count > 0 && choice.Shares[i] < LeastShare) break;
            var section = choice.Ranking[i];
            var text = section.Plain();
            if (WasSaid(turn, text)) continue;
            words += section.Words;
            if (offers.Count > 0 && words > MostWords) break;
            offers.Add(Section(choice, i));
        }
        return offers;
    }

    private static Offer Section(SectionChoiceOf choice, int place)
    {
        var section = choice.Ranking[place];
        return new Offer(
            section.ArticleId, section.Title, section.Heading, section.Plain(), Math.Round(choice.Shares[place], 4));
    }

    private static bool WasSaid(Turn turn, string text) => turn.Conversation.Transcript.Any(line =>
        line.From != Conversations.Author.Customer && line.Text.Contains(text, StringComparison.Ordinal));
}

/// <summary>What the customer is offered and the person is given.</summary>
/// <param name="Probability">How probably the chosen sections are the right reply.</param>
/// <param name="Withheld">Why nothing is offered; null when something is.</param>
public sealed record Offered(double? Probability, string? Withheld, IReadOnlyList<Offer> Offers, DraftAnswer? Draft)
{
    /// <summary>The section that is most probably the right one, offered or not; absent in older records.</summary>
    public Offer? Nearest { get; init; }

    /// <summary>From which probability the reply would have been sent.</summary>
    public double? Needed { get; init; }

    internal static Offered Nothing(string? why) => new(null, why, [], null);

    /// <summary>Read back from a stage's event.</summary>
    internal static Offered Of(StageOutput output) => output.Read(StageJson.Of<Offered>());
}
