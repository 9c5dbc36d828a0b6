using Baton.Triage.Tone.Phrases;
using Baton.Triage.Tone.Sentiment;

namespace Baton.Triage.Tone.Urgency;

/// <summary>
/// Which sentences suppose, recall or calm, and which words belong to names: the setting of every phrase.
/// </summary>
internal sealed class SentenceFrame
{
    private readonly int[] _sentenceOf;
    private readonly bool[] _masked;
    private readonly bool[] _notNegating;
    private readonly HashSet<int> _history = [];
    private readonly HashSet<int> _calm = [];
    private readonly Dictionary<int, int> _supposedFrom = [];

    private SentenceFrame(int tokens)
    {
        _sentenceOf = new int[tokens];
        _masked = new bool[tokens];
        _notNegating = new bool[tokens];
    }

    public static SentenceFrame Of(PhraseText text, List<PhraseHit> hits)
    {
        var frame = new SentenceFrame(text.Count);
        for (int i = 0, sentence = 0; i < text.Count; i++)
        {
            frame._sentenceOf[i] = sentence;
            if (text[i].EndsClause) sentence++;
        }
        foreach (var hit in hits) frame.Take(hit);
        return frame;
    }

    public bool IsMasked(PhraseHit hit) => _masked[hit.From] || _masked[hit.To - 1];

    public bool IsHistory(PhraseHit hit) => _history.Contains(_sentenceOf[hit.From]);

    public bool IsCalm(PhraseHit hit) => _calm.Contains(_sentenceOf[hit.From]);

    /// <summary>Stands in a sentence that opened with "what if", "do you cover", "how do I prevent" …</summary>
    public bool IsSupposed(PhraseHit hit) =>
        _supposedFrom.TryGetValue(_sentenceOf[hit.From], out var from) && hit.To > from;

    /// <summary>A negator stands at most <paramref name="reach"/> words before, in the same clause.</summary>
    public bool IsNegated(PhraseText text, PhraseHit hit, int reach)
    {
        for (int i = hit.From - 1, seen = 0; i >= 0 && seen < reach; i--, seen++)
        {
            if (text[i].EndsClause || text[i].Kind == PhraseTokenKind.Comma) return false;
            if (!_notNegating[i] && SentimentFeatures.IsNegator(text.Word(i))) return true;
        }
        return false;
    }

    private void Take(PhraseHit hit)
    {
        var sentence = _sentenceOf[hit.From];
        switch (hit.Topic.Name)
        {
            case "mask": _masked.AsSpan(hit.From, hit.To - hit.From).Fill(true); break;
            case "not_negating": _notNegating.AsSpan(hit.From, hit.To - hit.From).Fill(true); break;
            case "history": _history.Add(sentence); break;
            case "calm": _calm.Add(sentence); break;
            case "hypothetical":
                var first = _supposedFrom.GetValueOrDefault(sentence, hit.From);
                _supposedFrom[sentence] = Math.Min(first, hit.From);
                break;
        }
    }
}
