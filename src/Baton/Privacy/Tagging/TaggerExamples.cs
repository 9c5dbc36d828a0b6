using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>Turns labelled texts into what the trainer reads.</summary>
internal static class TaggerExamples
{
    /// <param name="source">The labelled text.</param>
    /// <param name="complete">Whether every type is labelled in it.</param>
    public static TaggerExample From(TaggedText source, bool complete)
    {
        using var folding = new Folding(source.Text);
        using var tokens = TextTokens.Read(folding.Text);
        var found = new List<Found>();
        var reading = new Reading(folding.Text, tokens.Items, found, tokens.Seen);
        Finders.Search(reading);
        Found.Settle(found);
        var rules = RuleLabels.Of(reading);
        var words = new List<TagWord>();
        var lower = new List<bool>();
        var labels = new List<TagLabel>();
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            var token = reading.Tokens[i];
            if (token.IsMark) continue;
            words.Add(TagFeatures.Read(reading, i, rules[i]));
            lower.Add((token.Looks & (Looks.Digits | Looks.Capital | Looks.InnerCapital)) == 0);
            var label = LabelAt(source, folding.Original(new Found(token.Start, token.End, default, 1)).Start);
            if (label == TagLabel.Nothing && !complete) label = Missing(token, rules[i]);
            labels.Add((rules[i] & RuleLabels.Settled) != 0 ? TagLabel.Structured : label);
        }
        System.Buffers.ArrayPool<byte>.Shared.Return(rules);
        return new TaggerExample([.. words], [.. lower], [.. labels]);
    }

    /// <summary>
    /// Some sets leave nationalities and dates unlabelled: learning "nothing" from them would be wrong.
    /// </summary>
    private static TagLabel Missing(TextToken token, byte rule)
    {
        if (token.Is(WordClass.Nationality) && token.IsCapitalised) return TagLabel.Group;
        return RuleLabels.LabelOf(rule) == TagLabel.Date ? TagLabel.Date : TagLabel.Nothing;
    }

    private static TagLabel LabelAt(TaggedText source, int position)
    {
        foreach (var span in source.Spans)
            if (span.Start <= position && position < span.End) return TagLabels.LabelOf(span.Type);
        return TagLabel.Nothing;
    }
}
