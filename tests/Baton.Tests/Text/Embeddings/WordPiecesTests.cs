using System.Text.Json;
using Baton.Tests.Style;
using Baton.Text.Embeddings;

namespace Baton.Tests.Text.Embeddings;

/// <summary>
/// tokens.jsonl holds awkward texts with the pieces that the published definition of the uncased BERT tokenizer gives
/// them, written down by an implementation that shares no code and no tables with this one (Python's unicodedata).
/// </summary>
public sealed class WordPiecesTests
{
    private static readonly string Vocabulary = Path.Combine(AppContext.BaseDirectory, "encoder", "vocab.txt");

    [Fact]
    public void Takes_awkward_texts_apart_as_the_reference_does()
    {
        Assert.SkipUnless(File.Exists(Vocabulary), "this build has no encoder");
        var pieces = Read();
        var cases = File.ReadLines(Path.Combine(Repository.Root, "tests/Baton.Tests/Text/Embeddings/tokens.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Case>(line, JsonSerializerOptions.Web)!).ToList();

        Assert.True(cases.Count >= 200);
        Assert.Empty(
            from c in cases
            let found = pieces.Encode(c.Text, 512)
            where !found.SequenceEqual(c.Ids)
            select $"{JsonSerializer.Serialize(c.Text)}: {string.Join(' ', found)} instead of {string.Join(' ', c.Ids)}");
    }

    [Fact]
    public void Cuts_a_long_text_and_still_ends_it()
    {
        var pieces = Small("[UNK]", "[CLS]", "[SEP]", "on", "##e");

        Assert.Equal([1, 3, 4, 3, 2], pieces.Encode("one one one", 5));
        Assert.Equal([1, 2], pieces.Encode("one", 2));
    }

    [Fact]
    public void Takes_a_customers_literal_mark_for_text()
    {
        var pieces = Small("[UNK]", "[CLS]", "[SEP]", "[", "]", "sep");

        Assert.Equal([1, 3, 5, 4, 2], pieces.Encode("[SEP]", 10));
    }

    [Fact]
    public void Leaves_half_a_surrogate_pair_out()
    {
        var pieces = Small("[UNK]", "[CLS]", "[SEP]", "a");

        Assert.Equal([1, 3, 2], pieces.Encode("a\ud83d", 10));
        Assert.Equal([1, 3, 2], pieces.Encode("\ude00a", 10));
    }

    [Fact]
    public void Refuses_a_vocabulary_without_marks() =>
        Assert.Contains("[CLS]", Assert.Throws<InvalidDataException>(() => Small("a")).Message,
            StringComparison.Ordinal);

    private static WordPieces Read()
    {
        using var reader = new StreamReader(Vocabulary);
        return new WordPieces(reader);
    }

    private static WordPieces Small(params string[] pieces)
    {
        using var reader = new StringReader(string.Join('\n', pieces));
        return new WordPieces(reader);
    }

    private sealed record Case(string Text, int[] Ids);
}
