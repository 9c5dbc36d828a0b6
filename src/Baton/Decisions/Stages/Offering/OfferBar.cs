using Baton.Conversations.Findings;
using Baton.Decisions.Turns;
using Baton.Escalation;
using Baton.Playbooks;

namespace Baton.Decisions.Stages.Offering;

/// <summary>
/// What stands against offers. They claim nothing and a person is on the way, so little does: what must not be met
/// with an article, and whom an article would not serve.
/// </summary>
/// <param name="Why">Why nothing is offered, or null.</param>
/// <param name="IsGrave">Whether the person gets no draft either.</param>
/// <param name="Floor">From which probability of the reply something is offered.</param>
internal readonly record struct OfferBar(string? Why, bool IsGrave, double Floor)
{
    /// <summary>
    /// Where triage guesses that it is a matter of people or of several steps, the articles must be surer to say that
    /// it is none.
    /// </summary>
    private const double FloorAgainstGuess = 0.35;

    /// <summary>
    /// The same where triage is sure of work to be done, or of data that the customer is asked a number for: from here
    /// on it more probably is none.
    /// </summary>
    private const double FloorAgainstWork = 0.5;

    private const int FuriousSentiment = 1;
    private const int AngrySentiment = 2;

    /// <summary>A letter that lists what went wrong sounds angry; one that also presses is.</summary>
    private const int PressingUrgency = 7;

    private static readonly HashSet<string> Grave =
        ["safety", "self_harm", "legal", "security", "data_loss", "instruction_attempt", "unsupported_language",
            "message_too_long"];

    /// <summary>They want a person, or articles have not helped them.</summary>
    private static readonly HashSet<string> Unwelcome =
        ["asked_for_human", "negative_trajectory", "repeated_failure", "repetition", "model_says_person"];

    /// <summary>The first thing that stands against it.</summary>
    public static OfferBar Of(Turn turn, PolicyVerdict verdict)
    {
        var autonomy = turn.Findings.Signals?.Autonomy ?? AutonomyRung.Auto;
        if (autonomy == AutonomyRung.Off) return Never("autonomy off");
        foreach (var trigger in verdict.Triggers)
            if (Grave.Contains(trigger.Name)) return Never(trigger.Name);
        var floor = turn.OfferFrom;
        var isGuess = turn.Triage.Confidence < turn.TriageFrom(turn.Triage);
        var of = turn.Triage.Class;
        if (of == IntentClass.Human && (!isGuess || verdict.DecidedBy is not ("class human" or "routing")))
            return Never("class human");
        if (Heard(turn, IntentClass.Human) is { } matter) return Never(matter);
        foreach (var trigger in verdict.Triggers)
            if (Unwelcome.Contains(trigger.Name)) return new(trigger.Name, false, floor);
        if (verdict.Route == Route.HumanNow && of != IntentClass.Human) return Never(verdict.DecidedBy);
        if (autonomy == AutonomyRung.Draft) return new("autonomy draft", false, floor);
        if (IsAngry(turn.Tone)) return new("angry", false, floor);
        var guess = of is IntentClass.Human or IntentClass.Agent || Heard(turn, IntentClass.Agent) is not null;
        var work = verdict.Route == Route.Ask || (of == IntentClass.Agent && !isGuess);
        var against = work ? FloorAgainstWork : guess ? FloorAgainstGuess : 0;
        return new(null, false, Math.Max(floor, against));
    }

    private static bool IsAngry(ToneReading tone) => tone.Sentiment <= FuriousSentiment
        || (tone.Sentiment <= AngrySentiment && (tone.Urgency >= PressingUrgency || tone.FrustratedMessages > 1));

    private static OfferBar Never(string why) => new(why, true, 1);

    private static string? Heard(Turn turn, IntentClass of) => turn.Triage.AlsoHeard.FirstOrDefault(
        other => turn.Playbook.FindIntent(other)?.Class == of) is { } name
            ? "also asks about " + StageDescription.Spaced(name) : null;
}
