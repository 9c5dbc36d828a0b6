using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Tone.Urgency;

/// <summary>How soon a message needs somebody, and what said so.</summary>
internal readonly record struct UrgencyResult(int Urgency, double Certainty, IReadOnlyList<ToneSignal> Signals);

/// <summary>
/// Reads urgency from what happened, to how many, since when and until when. The word "urgent" alone moves little: a
/// calm report of lost data outranks a shouted question about colours. Each step below is one rule of
/// <c>docs/local-tier/tone.md</c>.
/// </summary>
internal static class UrgencyScorer
{
    private const double Incident = 8;

    /// <summary>Judges a message from its phrases; <paramref name="sentiment"/> is its score from −1 to 1.</summary>
    public static UrgencyResult Score(PhraseText text, List<PhraseHit> hits, double sentiment)
    {
        var evidence = UrgencyEvidence.Gather(text, hits);
        var signals = evidence.Signals;
        if (evidence.IsTest) return Result(2, 0.8, signals);

        var severity = Severity(evidence);
        var urgency = Math.Max(severity, Waiting(evidence));
        // Words of waiting are what made the mood low: only anger, or something reported besides, adds to a wait.
        var waitsOnly = urgency > severity;
        urgency = Deadline(evidence, urgency);
        urgency = Claim(evidence, urgency, text);
        if (sentiment < (waitsOnly ? -0.8 : -0.55) && urgency is >= 3 and < 7) urgency += sentiment < -0.8 ? 1 : 0.5;
        urgency = Math.Max(urgency, Floor(evidence, text, sentiment));
        urgency = Calm(evidence, urgency);
        return Result(urgency, Certainty(evidence, urgency), signals);
    }

    /// <summary>The worst thing reported; more people hit make it worse; a second incident adds a little.</summary>
    private static double Severity(UrgencyEvidence evidence)
    {
        var worst = 0.0;
        var reports = 0;
        foreach (var (topic, level) in evidence.Reports)
        {
            reports++;
            var scoped = level >= 5 && evidence.HitsMany && topic is not ("delay" or "no_answer" or "churn" or "broken")
                ? Math.Min(10, Math.Max(level + 2, 9)) : level;
            worst = Math.Max(worst, scoped);
        }
        return reports > 2 && worst is >= 4 and < 9 ? worst + 0.5 : worst;
    }

    /// <summary>A wait speaks for itself, politely told or not: 3 days is a 6, weeks are a 7.</summary>
    private static double Waiting(UrgencyEvidence evidence) => evidence.WaitingDays switch
    {
        0 => 0,
        < 0.02 => 4,
        < 1 => 5,
        < 2 => 5,
        < 7 => 6,
        _ => 7,
    };

    /// <summary>A deadline alone is a wish; with a problem it is a deadline.</summary>
    private static double Deadline(UrgencyEvidence evidence, double urgency)
    {
        if (evidence.Deadline == 0) return urgency;
        if (urgency >= 5) return Math.Min(9, Math.Max(urgency + 1, evidence.Deadline));
        return Math.Max(urgency, evidence.Deadline - (evidence.IsQuestionOnly ? 2 : 1));
    }

    /// <summary>
    /// "Urgent" strengthens a problem by one. Over a plain question about colours or opening hours it says little;
    /// with nothing else in the message it has to be believed.
    /// </summary>
    private static double Claim(UrgencyEvidence evidence, double urgency, PhraseText text)
    {
        if (!evidence.ClaimsUrgency || evidence.IsCalm) return urgency;
        if (urgency >= 5) return Math.Min(10, urgency + 1);
        return evidence.IsQuestionOnly && text.Count > 4 ? Math.Max(urgency, 4) : Math.Max(urgency, 6);
    }

    /// <summary>
    /// What a message is worth that reports nothing: thanks 1, a statement 2, a question 3, a complaint 4.
    /// </summary>
    private static double Floor(UrgencyEvidence evidence, PhraseText text, double sentiment)
    {
        if (evidence.IsResolved) return 1;
        if (sentiment < -0.4) return sentiment < -0.75 ? 5 : 4;
        if (evidence.AsksQuestion) return 3;
        return evidence.SaysThanks && text.Count < 40 ? 1 : 2;
    }

    /// <summary>"No rush" lowers an everyday matter; an incident told calmly stays an incident.</summary>
    private static double Calm(UrgencyEvidence evidence, double urgency)
    {
        if (!evidence.IsCalm) return urgency;
        return urgency >= Incident ? urgency - 0.6 : Math.Min(4, urgency - 1);
    }

    private static double Certainty(UrgencyEvidence evidence, double urgency) =>
        evidence.Reports.Count > 0 ? urgency >= 5 ? 0.85 : 0.7 : evidence.ClaimsUrgency ? 0.5 : 0.6;

    private static UrgencyResult Result(double urgency, double certainty, IReadOnlyList<ToneSignal> signals) =>
        new((int)Math.Clamp(Math.Round(urgency, MidpointRounding.AwayFromZero), 1, 10), certainty, signals);
}
