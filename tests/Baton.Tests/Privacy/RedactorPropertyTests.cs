using System.Text;
using Baton.Privacy;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Privacy;

public sealed class RedactorPropertyTests
{
    private static readonly Redactor Everything = new(RedactionProfile.Everything);

    private static readonly string[] Pieces =
    [
        "jane@example.com", "+41 96 471 07 95", "4539 1488 0343 6467", "GB29 NWBK 6016 1331 9268 19", "[EMAIL_1]",
            "[PERSON_2]",
        "[", "]", "[[CARD_1]]", "_", "1", "my name is ", "Jane Doe", " ", "\n", "😀", "\u200b", "\ud800", "\udc00",
            "@", ".", ":",
        "ß", "京", "ａｂ", "https://x.example/?token=1", "12 Main Street", "1.2.3.4", "::", "-", "(", ")", "LITERAL_1",
            "\0",
    ];

    private static readonly Arbitrary<string> Texts = Gen.Frequency(
            (3, Gen.Elements(Pieces)), (1, Gen.Choose(0, 0xffff).Select(c => ((char)c).ToString())))
        .ListOf().Select(string.Concat).ToArbitrary();

    private static void Holds(Func<string, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Texts, property));

    [Fact]
    public void Spans_are_ordered_do_not_overlap_and_lie_inside_the_text() => Holds(text =>
    {
        var end = 0;
        foreach (var span in Everything.Find(text))
        {
            if (span.Start < end || span.Length <= 0 || span.End > text.Length) return false;
            end = span.End;
        }
        return true;
    });

    [Fact]
    public void Restoring_gives_back_the_text_with_each_value_as_it_was_first_written() => Holds(text =>
    {
        var placeholders = new Placeholders();
        var redacted = Everything.Redact(text, placeholders);
        var restored = placeholders.Restore(redacted.Text);
        return Letters(restored) == Letters(text);
    });

    [Fact]
    public void A_text_without_findings_or_placeholders_is_untouched() => Holds(text =>
        Everything.Find(text).Count > 0 || text.Contains('[')
            || Everything.Redact(text, new Placeholders()).Text == text);

    [Fact]
    public void Every_placeholder_in_the_result_can_be_restored() => Holds(text =>
    {
        var placeholders = new Placeholders();
        var redacted = Everything.Redact(text, placeholders).Text;
        for (var i = redacted.IndexOf('['); i >= 0; i = redacted.IndexOf('[', i + 1))
        {
            var length = Placeholders.LengthAt(redacted, i);
            if (length > 0 && placeholders.Restore(redacted.Substring(i, length)) == redacted.Substring(i, length)
                && !redacted.Substring(i, length).StartsWith("[LITERAL", StringComparison.Ordinal)) return false;
        }
        return true;
    });

    [Fact]
    public void Finding_twice_finds_the_same() => Holds(text =>
        Everything.Find(text).SequenceEqual(Everything.Find(text)));

    /// <summary>What stays when spacing, case and separators inside values are allowed to differ.</summary>
    private static string Letters(string text)
    {
        var kept = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKC is var form && IsWellFormed(text) ? form
            : NormalizationForm.FormC))
            if (char.IsLetterOrDigit(c)) kept.Append(char.ToLowerInvariant(c));
        return kept.ToString();
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }
        return true;
    }
}
