namespace Baton.Knowledge;

/// <summary>
/// How articles are cut, weighed and ranked. The defaults were tuned on the sets in docs/local-tier/retrieval.md.
/// </summary>
public sealed record KnowledgeOptions
{
    /// <summary>
    /// A passage is closed when the next block would make it longer than this, in characters; default 1,000.
    /// </summary>
    public int PassageLength { get; init; } = 1_000;

    /// <summary>
    /// One block (a table, a list, a paragraph) longer than this is cut, in characters; default 4,000.
    /// </summary>
    public int LongestBlock { get; init; } = 4_000;

    /// <summary>Articles longer than this are refused, in characters; default 8,000,000.</summary>
    public int LongestArticle { get; init; } = 8_000_000;

    /// <summary>Only this much of a question is read, in characters; default 20,000.</summary>
    public int LongestQuestion { get; init; } = 20_000;

    /// <summary>Of a long question, only the rarest terms are looked up; default 160.</summary>
    public int MostQueryTerms { get; init; } = 160;

    /// <summary>
    /// Unknown words of a question that are compared with the vocabulary to find a typing error; default 4.
    /// </summary>
    public int MostCorrections { get; init; } = 4;

    /// <summary>Passages that the second stage looks at; default 200.</summary>
    public int Candidates { get; init; } = 200;

    /// <summary>Weight of a word in the title, against 1 in the text.</summary>
    public float TitleWeight { get; init; } = 3f;

    /// <summary>Weight of a word in a heading, against 1 in the text.</summary>
    public float HeadingWeight { get; init; } = 1.5f;

    /// <summary>BM25's k1: how fast further occurrences of a word stop counting.</summary>
    public float Saturation { get; init; } = 2f;

    /// <summary>BM25's b for the text: 0 ignores length, 1 divides by it.</summary>
    public float LengthNormalization { get; init; } = 0.75f;

    /// <summary>BM25's b for title and headings.</summary>
    public float HeadingLengthNormalization { get; init; } = 0.3f;

    /// <summary>Weight of pairs of words that stand together as in the question; 0 turns the signal off.</summary>
    public float PairWeight { get; init; } = 0.4f;

    /// <summary>Weight of the topic vectors, as a part of the best lexical score; 0 turns the signal off.</summary>
    public float TopicWeight { get; init; } = 0.5f;

    /// <summary>Dimensions of the topic vectors; default 48.</summary>
    public int TopicDimensions { get; init; } = 48;

    /// <summary>Weight of a synonym of a word, against 1 for the word itself.</summary>
    public float SynonymWeight { get; init; } = 0.6f;

    /// <summary>Weight of a word that is one edit away from what was typed; two edits count its square.</summary>
    public float CorrectionWeight { get; init; } = 0.7f;

    /// <summary>Seed of the topic vectors.</summary>
    public int Seed { get; init; } = 1;
}
