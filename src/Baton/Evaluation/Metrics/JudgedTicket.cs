using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Evaluation.Metrics;

/// <summary>How good an answer was.</summary>
public enum AnswerVerdict
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>One wording of every group that must be said; without groups, a labelled section cited.</summary>
    Right,

    /// <summary>Some of what must be said.</summary>
    Partial,

    /// <summary>Nothing of it, or something that must not be said.</summary>
    Wrong,

    /// <summary>Nobody was to be answered.</summary>
    ShouldNot,
}

/// <summary>A decision held against what was expected of it.</summary>
/// <param name="Got"><c>answer</c>, <c>ask</c>, <c>person</c> or <c>silent</c>.</param>
public sealed partial record JudgedTicket(
    string Id, Expectation Expect, Decision Decision, string Got, AnswerVerdict Answer)
{
    /// <summary>Offers that an agent or a customer looks at.</summary>
    private const int OffersSeen = 3;

    private readonly string _shown = Shown(Decision, Got);

    public static JudgedTicket Of(string id, Expectation expect, Decision decision)
    {
        var got = decision.Outcome switch
        {
            OutcomeKind.Replied or OutcomeKind.Acted => "answer",
            OutcomeKind.Asked => "ask",
            OutcomeKind.Silent => "silent",
            _ => "person",
        };
        return new JudgedTicket(id, expect, decision, got,
            got == "answer" ? Judge(expect, decision.Reply ?? "", decision.Citations) : AnswerVerdict.None);
    }

    /// <summary>What an answer with that text would be.</summary>
    public static AnswerVerdict Judge(Expectation expect, string reply, IReadOnlyList<Citation> citations)
    {
        if (!Allows(expect, "answer")) return AnswerVerdict.ShouldNot;
        var plain = SaidFacts.Plain(reply);
        if (expect.MustNotSay.Any(forbidden => SaidFacts.Says(plain, forbidden))) return AnswerVerdict.Wrong;
        if (expect.MustSay.Count == 0)
            return expect.Articles.Count == 0 || citations.Any(c => expect.Articles.Contains(Section(c)))
                ? AnswerVerdict.Right : AnswerVerdict.Wrong;
        var said = SaidFacts.Count(plain, expect.MustSay);
        return said == expect.MustSay.Count ? AnswerVerdict.Right : said > 0 ? AnswerVerdict.Partial
            : AnswerVerdict.Wrong;
    }

    public string Due => Expect.Outcome;

    /// <summary>The outcome was one that is right.</summary>
    public bool Ok => Allows(Expect, Got);

    public bool Good => Answer == AnswerVerdict.None ? Ok : Answer == AnswerVerdict.Right;

    /// <summary>An answer is due that stands in the articles.</summary>
    public bool FromArticles => Due == "answer" && Expect.Articles.Count > 0;

    /// <summary>No answer is acceptable.</summary>
    public bool MustNotAnswer => !Allows(Expect, "answer");

    public bool CitesLabelled => Decision.Citations.Select(Section).Any(Expect.Articles.Contains);

    /// <summary>The reply has one wording of every group.</summary>
    public bool SaysAll => SaidFacts.Count(SaidFacts.Plain(Decision.Reply ?? ""), Expect.MustSay) == Expect.MustSay.Count;

    public bool SectionShown => (Got == "answer" ? Decision.Citations.Select(Section) : [])
        .Concat(Decision.Offers.Take(OffersSeen).Select(o => $"{o.ArticleId}#{o.Heading}"))
        .Any(Expect.Articles.Contains);

    public bool FactsShown => SaidFacts.Count(_shown, Expect.MustSay) == Expect.MustSay.Count;

    /// <summary>Rules read no intent, and nobody made the classifier for other languages.</summary>
    public bool HasIntent => Expect.Intent is not null && Decision.Triage is { Intent.Length: > 0 } triage
        && triage.Tier != TierNames.Rules && !Expect.Tags.Contains("foreign");

    public bool IntentIsStrict => Decision.Triage?.Intent == Expect.Intent;

    public bool IntentIsLenient => IntentIsStrict || Expect.AlsoIntents.Contains(Decision.Triage?.Intent ?? "");

    public bool RouteIsRight => EnumWords.Of(Decision.Route) is var route
        && (route == Expect.Route || Expect.AcceptableRoutes.Contains(route));

    /// <summary>The reasoning up to its first colon or semicolon, without numbers.</summary>
    public string Reason => Numbers().Replace(Decision.Reasoning.Split(';', ':')[0], "").Trim();

    private static bool Allows(Expectation expect, string outcome) =>
        expect.Outcome == outcome || expect.Acceptable.Contains(outcome);

    private static string Section(Citation citation) => $"{citation.ArticleId}#{citation.Heading}";

    private static string Shown(Decision decision, string got) => SaidFacts.Plain(string.Join(
        ' ', decision.Offers.Take(OffersSeen).Select(o => o.Text)
            .Prepend(got == "answer" ? decision.Reply ?? "" : "")));

    [GeneratedRegex(@"\s*\((relevance|answer probability) [^)]*\)|\s*\(?\d[\d.]*\)?")]
    private static partial Regex Numbers();
}
