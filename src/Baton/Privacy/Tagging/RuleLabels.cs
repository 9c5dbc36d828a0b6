using System.Buffers;
using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>What the finders said about each token, as the tagger reads it.</summary>
internal static class RuleLabels
{
    /// <summary>Set in a rule's byte when the finders' word is final.</summary>
    public const byte Settled = 64;

    /// <summary>For every token the finders' opinion: label + 1, or 0. The array is rented.</summary>
    public static byte[] Of(Reading reading)
    {
        var rules = ArrayPool<byte>.Shared.Rent(reading.Tokens.Length + 1);
        Array.Clear(rules, 0, reading.Tokens.Length);
        if (reading.Found.Count > 1)
            reading.Found.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start)
                : a.End.CompareTo(b.End));
        var i = 0;
        foreach (var found in reading.Found)
        {
            while (i > 0 && reading.Tokens[i - 1].End > found.Start) i--;
            while (i < reading.Tokens.Length && reading.Tokens[i].End <= found.Start) i++;
            var strong = (byte)(Settles(found) ? Settled : found.Score >= 0.7 ? 32 : 0);
            for (; i < reading.Tokens.Length && reading.Tokens[i].Start < found.End; i++)
                rules[i] = (byte)((byte)TagLabels.LabelOf(found.Type) + 1 + strong);
        }
        return rules;
    }

    /// <summary>The label in a rule's byte, or nothing.</summary>
    public static TagLabel LabelOf(byte rule) => (rule & 31) == 0 ? TagLabel.Nothing : (TagLabel)((rule & 31) - 1);

    /// <summary>What form or announcement settles is not the tagger's to decide.</summary>
    public static bool Settles(Found found) => TagLabels.LabelOf(found.Type) switch
    {
        TagLabel.Structured => found.Score >= 0.6,
        TagLabel.Phone or TagLabel.DriverLicence or TagLabel.Age or TagLabel.Date or TagLabel.Zip =>
            found.Score >= 0.75,
        _ => false,
    };
}
