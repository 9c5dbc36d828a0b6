using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using Baton.Knowledge.Vectors;
using Baton.Text.Learning;

namespace Baton.Knowledge.Choice;

/// <summary>
/// Which sections answer a message: a softmax over all sections, learnt from their questions and their sentences, with
/// the requests that no article answers as further classes; and the questions nearest to what was written.
/// </summary>
internal sealed class SectionModel
{
    /// <summary>Raised when training changes, so that a head of an older program is not used.</summary>
    private const string Recipe = "sections-2";

    private const float QuestionWeight = 1, StatementWeight = 0.25f, HeadingWeight = 1, NoneWeight = 0.5f;

    /// <summary>Heads kept at most.</summary>
    private const int Keep = 10;

    private readonly IReadOnlyList<ArticleSection> _sections;
    private readonly SoftmaxHead _head;
    private readonly float[][][] _questions;
    private readonly TextVectors _vectors;

    private SectionModel(
        IReadOnlyList<ArticleSection> sections, SoftmaxHead head, float[][][] questions, TextVectors vectors) =>
        (_sections, _head, _questions, _vectors) = (sections, head, questions, vectors);

    /// <summary>Learns the sections, or loads what was learnt of the same.</summary>
    /// <param name="others">Requests that no article answers, by class of their own: lookups, actions, matters for
    /// people.</param>
    /// <param name="folder">Folder of trained models.</param>
    public static SectionModel Train(
        IReadOnlyList<ArticleSection> sections, IReadOnlyList<IReadOnlyList<string>> others, TextVectors vectors,
        string folder)
    {
        var texts = Texts(sections, others).ToList();
        var made = vectors.OfPlaybook([.. texts.Select(t => t.Text)], folder);
        var file = Path.Combine(folder, $"{Key(texts, vectors.Name)}.sections");
        var head = Load(file);
        if (head is null || head.Classes != sections.Count + others.Count)
        {
            head = SoftmaxHead.Train(
                [.. texts.Select((t, i) => (made[i], t.Class, t.Weight))], sections.Count + others.Count);
            Save(head, file);
        }
        var questions = new List<float[]>[sections.Count];
        for (var s = 0; s < questions.Length; s++) questions[s] = [];
        for (var i = 0; i < texts.Count; i++)
            if (texts[i].IsQuestion) questions[texts[i].Class].Add(made[i]);
        return new SectionModel(sections, head, [.. questions.Select(q => q.ToArray())], vectors);
    }

    /// <summary>Sections that their own questions do not tell apart.</summary>
    public IReadOnlyList<ConfusedSections> Confused() => ConfusedSections.Of(
        [.. _sections.Select(s => s.Heading.Length == 0 ? s.ArticleId : $"{s.ArticleId}: {s.Heading}")], _questions);

    /// <summary>The sections to show for a message, and what speaks for and against them.</summary>
    /// <param name="customer">Whose message it is.</param>
    /// <param name="text">Subject and the customer's own words, redacted.</param>
    /// <param name="topics">What the intents make of it.</param>
    public async ValueTask<SectionChoiceOf> ChooseAsync(
        string customer, string text, MessageTopics topics, CancellationToken cancellationToken)
    {
        var units = MessageUnits.Of(text);
        var letter = await ReadAsync(customer, text, cancellationToken).ConfigureAwait(false);
        var readings = new List<TextReading>(units.Questions.Count);
        foreach (var unit in units.Questions)
            readings.Add(unit == text ? letter
                : await ReadAsync(customer, unit, cancellationToken).ConfigureAwait(false));
        return SectionChoiceOf.From(
            _sections, new MessageReadings(letter, readings, units.Asked, AskedActs.In(text)), topics);
    }

    /// <summary>How well sections that are shown cover single questions of a message.</summary>
    /// <param name="customer">Whose message it is.</param>
    /// <param name="questions">In its words, redacted.</param>
    /// <param name="shown">The sections of the reply.</param>
    public async ValueTask<IReadOnlyList<QuestionCover>> CoverAsync(
        string customer, IReadOnlyList<string> questions, IReadOnlyList<ArticleSection> shown,
        CancellationToken cancellationToken)
    {
        var cover = new List<QuestionCover>(questions.Count);
        foreach (var question in questions)
        {
            var reading = await ReadAsync(customer, question, cancellationToken).ConfigureAwait(false);
            cover.Add(SectionChoiceOf.Cover(_sections, reading, shown));
        }
        return cover;
    }

    private async ValueTask<TextReading> ReadAsync(string customer, string text, CancellationToken cancellationToken)
    {
        var vector = await _vectors.OfAsync(customer, text, cancellationToken).ConfigureAwait(false);
        var nearest = new float[_sections.Count];
        for (var s = 0; s < nearest.Length; s++) nearest[s] = MeanOfTwoNearest(_questions[s], vector);
        return new TextReading(_head.Predict(vector), nearest);
    }

    private static float MeanOfTwoNearest(float[][] questions, float[] vector)
    {
        float first = 0, second = 0;
        foreach (var question in questions)
        {
            var near = TensorPrimitives.Dot<float>(question, vector);
            if (near > first) (first, second) = (near, first);
            else if (near > second) second = near;
        }
        return questions.Length > 1 ? (first + second) / 2 : first;
    }

    private static IEnumerable<(string Text, int Class, float Weight, bool IsQuestion)> Texts(
        IReadOnlyList<ArticleSection> sections, IReadOnlyList<IReadOnlyList<string>> others)
    {
        for (var s = 0; s < sections.Count; s++)
        {
            var section = sections[s];
            foreach (var question in section.Questions) yield return (question, s, QuestionWeight, true);
            // Where nobody wrote what customers ask, the section's own sentences are the nearest there is to it.
            var isAsked = section.Questions.Count == 0;
            foreach (var statement in section.Statements()) yield return (statement, s, StatementWeight, isAsked);
            yield return ($"{section.Title}: {section.Heading}", s, HeadingWeight, isAsked);
        }
        for (var o = 0; o < others.Count; o++)
            foreach (var example in others[o]) yield return (example, sections.Count + o, NoneWeight, false);
    }

    private static string Key(List<(string Text, int Class, float Weight, bool IsQuestion)> texts, string model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Recipe}\n{model}\n"));
        foreach (var text in texts)
            hash.AppendData(Encoding.UTF8.GetBytes($"{text.Class} {text.Weight} {text.Text}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static SoftmaxHead? Load(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(file));
            return SoftmaxHead.Load(reader);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Two programs may learn the same at once: each writes its own file, and the last one to rename wins.
    /// </summary>
    private static void Save(SoftmaxHead head, string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        var unfinished = $"{file}.{Path.GetRandomFileName()}.tmp";
        using (var writer = new BinaryWriter(File.Create(unfinished))) head.Save(writer);
        File.Move(unfinished, file, overwrite: true);
        foreach (var old in Directory.GetFiles(folder, "*.sections").OrderByDescending(File.GetLastWriteTimeUtc)
            .Skip(Keep))
            File.Delete(old);
    }
}

/// <summary>
/// What one text says: probabilities of all classes, and how near the nearest questions of each section are.
/// </summary>
internal sealed record TextReading(float[] Classes, float[] Nearest);

/// <summary>A message as a whole, and each of its questions.</summary>
/// <param name="Asked">How many of them are real questions.</param>
/// <param name="AsksToAct">Whether it asks somebody to do something.</param>
internal sealed record MessageReadings(
    TextReading Letter, IReadOnlyList<TextReading> Units, int Asked, bool AsksToAct);

/// <summary>What the intents make of a message.</summary>
/// <param name="Knowledge">Probability that it is of an intent that articles answer.</param>
/// <param name="Articles">By article, probability of the intents that link it.</param>
internal sealed record MessageTopics(double Knowledge, IReadOnlyDictionary<string, double> Articles);
