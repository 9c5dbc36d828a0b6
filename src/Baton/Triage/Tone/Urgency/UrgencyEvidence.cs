using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Tone.Urgency;

/// <summary>
/// What a message says about urgency, after negations, suppositions, old stories and product names are set aside.
/// </summary>
internal sealed class UrgencyEvidence
{
    private const int NegationLooksBack = 3;
    private const double SupposedCap = 3;

    private double _waitingDays;
    private double _elapsedDays;

    /// <summary>What was reported: the topic, and how urgent it is on its own.</summary>
    public List<(string Topic, double Level)> Reports { get; } = [];

    public List<ToneSignal> Signals { get; } = [];

    public bool HitsMany { get; private set; }

    public bool ClaimsUrgency { get; private set; }

    public bool IsCalm { get; private set; }

    public bool IsResolved { get; private set; }

    public bool IsTest { get; private set; }

    public bool SaysThanks { get; private set; }

    public bool AsksQuestion { get; private set; }

    /// <summary>
    /// The longest wait told, in days; 0 when none is. "Three weeks ago" is a wait only beside a report that something
    /// is late, broken or unanswered.
    /// </summary>
    public double WaitingDays =>
        Reports.Exists(r => r.Level >= 5) ? Math.Max(_waitingDays, _elapsedDays) : _waitingDays;

    /// <summary>7 for the next days, 8 for the next hours, 0 for none.</summary>
    public double Deadline { get; private set; }

    /// <summary>A question and nothing that went wrong.</summary>
    public bool IsQuestionOnly => AsksQuestion && Reports.Count == 0;

    public static UrgencyEvidence Gather(PhraseText text, List<PhraseHit> hits)
    {
        var evidence = new UrgencyEvidence();
        var frame = SentenceFrame.Of(text, hits);
        foreach (var hit in hits) evidence.Take(text, frame, hit);
        for (var i = 0; i < text.Count && !evidence.AsksQuestion; i++) evidence.AsksQuestion = Asks(text, i);
        if (evidence.IsResolved) evidence.DropEverydayReports();
        return evidence;
    }

    private static bool Asks(PhraseText text, int i)
    {
        if (text[i].Kind == PhraseTokenKind.Question) return true;
        return text[i].Marks.HasFlag(PhraseTokenMarks.StartsSentence)
            && text.Word(i) is "can" or "could" or "do" or "does" or "is" or "are" or "how" or "what" or "where"
                or "when" or "which" or "who" or "will" or "would" or "may" or "please";
    }

    private void Take(PhraseText text, SentenceFrame frame, PhraseHit hit)
    {
        var topic = hit.Topic;
        if (frame.IsMasked(hit) || IsProductName(text, hit)) return;
        switch (topic.Name)
        {
            case "calm": IsCalm = true; break;
            case "resolved": IsResolved |= !frame.IsNegated(text, hit, NegationLooksBack); break;
            case "test": IsTest |= !frame.IsNegated(text, hit, NegationLooksBack); break;
            case "thanks": SaysThanks = true; return;
            case "scope": HitsMany = true; break;
            case "waiting" or "elapsed" when frame.IsSupposed(hit) || frame.IsCalm(hit): return;
            case "elapsed": _elapsedDays = Math.Max(_elapsedDays, WaitingTime.Days(text, hit)); break;
            case "waiting": _waitingDays = Math.Max(_waitingDays, WaitingTime.Days(text, hit)); break;
            case "deadline_now" or "deadline_soon" when frame.IsNegated(text, hit, NegationLooksBack): return;
            case "deadline_now" or "deadline_soon": Deadline = Math.Max(Deadline, topic.Level); break;
            case "claim" when frame.IsNegated(text, hit, NegationLooksBack): IsCalm = true; break;
            case "claim": ClaimsUrgency = true; break;
            default:
                if (topic.Level < 4 || topic.Name is "valence" || !topic.Has("report")) return;
                if (!topic.Has("always") && frame.IsNegated(text, hit, NegationLooksBack)) return;
                Report(frame, hit);
                break;
        }
        Signals.Add(new ToneSignal("urgency", text.Words(hit.From, hit.To), topic.Name.Replace('_', ' '), topic.Level));
    }

    private void Report(SentenceFrame frame, PhraseHit hit)
    {
        var level = hit.Topic.Level;
        if (hit.Topic.Has("always")) level = hit.Topic.Level;
        else if (frame.IsSupposed(hit)) level = SupposedCap;
        else if (frame.IsHistory(hit)) level = Math.Min(level, 4);
        for (var i = 0; i < Reports.Count; i++)
        {
            if (Reports[i].Topic != hit.Topic.Name) continue;
            Reports[i] = (hit.Topic.Name, Math.Max(level, Reports[i].Level));
            return;
        }
        Reports.Add((hit.Topic.Name, level));
    }

    /// <summary>A matter that is settled needs nobody; a breach or an injury still does.</summary>
    private void DropEverydayReports()
    {
        Reports.RemoveAll(r => r.Topic is not ("safety" or "crisis" or "security" or "legal" or "fraud_charge"
            or "data_loss"));
        for (var i = 0; i < Reports.Count; i++) Reports[i] = (Reports[i].Topic, Math.Min(Reports[i].Level, 5));
        _waitingDays = _elapsedDays = 0;
        Deadline = 0;
    }

    /// <summary>
    /// "The Urgent Jacket": a capital inside a sentence beside another capital is a name, not a call.
    /// </summary>
    private static bool IsProductName(PhraseText text, PhraseHit hit)
    {
        if (hit.To - hit.From != 1) return false;
        if (hit.Topic.Name is not ("claim" or "safety" or "security" or "outage")) return false;
        var marks = text[hit.From].Marks;
        if (!marks.HasFlag(PhraseTokenMarks.Capitalised) || marks.HasFlag(PhraseTokenMarks.AllCaps)) return false;
        if (IsCapital(text, hit.To)) return true;
        return !marks.HasFlag(PhraseTokenMarks.StartsSentence) && IsCapital(text, hit.From - 1);
    }

    private static bool IsCapital(PhraseText text, int i) =>
        i >= 0 && i < text.Count && text[i].Kind == PhraseTokenKind.Word
        && text[i].Marks.HasFlag(PhraseTokenMarks.Capitalised) && !text[i].Marks.HasFlag(PhraseTokenMarks.AllCaps)
        && !text[i].Marks.HasFlag(PhraseTokenMarks.StartsSentence) && text[i].Length > 1;
}
