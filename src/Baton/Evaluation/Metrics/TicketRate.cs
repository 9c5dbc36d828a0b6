namespace Baton.Evaluation.Metrics;

/// <summary>A share of labelled tickets: those it is of, and those of them that count.</summary>
/// <param name="HigherIsBetter">Null where neither end is.</param>
/// <param name="Counted">What is left out and how refusals count.</param>
internal sealed record TicketRate(
    string Name, bool? HigherIsBetter, Func<JudgedTicket, bool> Among, Func<JudgedTicket, bool> Hit, string Counted)
{
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["answered"] = "answered_share", ["escalated_though_answerable"] = "needless_escalations",
        ["intent_strict"] = "intent_accuracy", ["route_of_persons"] = "route_accuracy",
    };

    /// <summary>What <c>measure answers</c> prints, in its order.</summary>
    public static readonly IReadOnlyList<TicketRate> Printed =
    [
        new("good_in_all", true, All, t => t.Good,
            "all: an answer that is right, or another outcome that is acceptable; a right refusal counts as good"),
        new("answered", null, All, Answered, "all"),
        new("of_answered_right", true, Answered, t => t.Answer == AnswerVerdict.Right, "those answered"),
        new("of_answered_partial", false, Answered, t => t.Answer == AnswerVerdict.Partial, "those answered"),
        new("of_answered_wrong", false, Answered, t => t.Answer == AnswerVerdict.Wrong, "those answered"),
        new("of_answered_should_not", false, Answered, t => t.Answer == AnswerVerdict.ShouldNot, "those answered"),
        new("answerable_answered_right", true, DueAnswer, t => t.Answer == AnswerVerdict.Right,
            "those due an answer; one that got none counts as not right"),
        new("right_section_in_reply_or_offers", true, t => t.FromArticles, t => t.SectionShown,
            "those that articles answer; three offers count"),
        new("all_facts_in_reply_or_offers", true, t => t.FromArticles && t.Expect.MustSay.Count > 0, t => t.FactsShown,
            "those that articles answer and whose label names facts; three offers count"),
        new("answered_though_person_due", false, DuePerson, t => t.Answer == AnswerVerdict.ShouldNot,
            "those due for a person"),
        new("escalated_though_answerable", false, DueAnswer, t => t.Got == "person" && !t.Ok,
            "those due an answer; where a person is acceptable it is no fault"),
        new("asked_when_due", true, t => t.Due == "ask", t => t.Got == "ask", "those due a question back"),
        new("asked_in_vain", false, t => t.Got == "ask", t => !t.Ok, "those asked back"),
        new("person_due_reached_one", true, DuePerson, t => t.Got == "person", "those due for a person"),
        new("intent_strict", true, t => t.HasIntent, t => t.IntentIsStrict,
            "those with a labelled intent that triage read"),
        new("intent_lenient", true, t => t.HasIntent, t => t.IntentIsLenient,
            "those with a labelled intent that triage read; further intents of the label count"),
        new("route_of_persons", true, t => DuePerson(t) && t.Got == "person", t => t.RouteIsRight,
            "those due for a person that reached one"),
    ];

    /// <summary>What <c>eval run</c> and gates have: the same, as evaluation calls them, and more.</summary>
    public static readonly IReadOnlyList<TicketRate> Evaluated =
    [
        new("outcome_accuracy", true, All, t => t.Ok, "all; a right refusal is a right outcome"),
        Called("answered"),
        new("wrong_answers", false, Answered, t => t.Answer != AnswerVerdict.Right,
            "those answered; partial, wrong, and where no answer was allowed"),
        new("must_not_answer_answered", false, t => t.MustNotAnswer, Answered,
            "those for which no answer is acceptable"),
        Called("escalated_though_answerable"),
        Called("intent_strict"),
        Called("route_of_persons"),
        new("right_article", true, t => t.FromArticles && t.Got == "answer", t => t.CitesLabelled,
            "those answered that articles answer: a labelled section is cited"),
        new("must_say", true, t => t.Got == "answer" && t.Expect.MustSay.Count > 0 && !t.MustNotAnswer, t => t.SaysAll,
            "those answered whose label names wordings: one of every group is said"),
        new("escalation_appropriateness", true, t => DuePerson(t) || t.Got == "person", t => t.Ok,
            "those due for a person or given to one (a local judge: the labels of people)"),
        .. Printed.Where(r => !Renamed.ContainsKey(r.Name)),
    ];

    /// <summary>What evaluation calls a figure of <c>measure answers</c>, where that is another name.</summary>
    public static string NameOf(string name) => Renamed.GetValueOrDefault(name, name);

    private static TicketRate Called(string name) => Printed.First(r => r.Name == name) with { Name = Renamed[name] };

    private static bool All(JudgedTicket ticket) => true;

    private static bool Answered(JudgedTicket ticket) => ticket.Got == "answer";

    private static bool DueAnswer(JudgedTicket ticket) => ticket.Due == "answer";

    private static bool DuePerson(JudgedTicket ticket) => ticket.Due == "person";
}
