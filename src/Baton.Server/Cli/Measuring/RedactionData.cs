using System.Text.RegularExpressions;
using Baton.Evaluation.Measurements;

namespace Baton.Server.Cli.Measuring;

/// <summary>Sentences made from one template.</summary>
internal sealed record TemplateTexts(string Set, string Template, IReadOnlyList<LabelledText> Texts)
{
    /// <summary>The part a template belongs to: the same in every run and in both sets.</summary>
    public int Fold(int folds) => (int)(Template.Aggregate(17u, (hash, c) => hash * 31 + c) % (uint)folds);
}

/// <summary>The labelled sets the tagger learns from, as laid out in the data folder.</summary>
internal sealed partial class RedactionData
{
    public RedactionData(DirectoryInfo folder)
    {
        string In(string file) => Path.Combine(folder.FullName, file);
        Templated = [.. Templates("synth_v2", In("presidio_synth/synth_v2_train.jsonl")),
            .. Templates("generated_large", In("presidio_synth/generated_large_train.jsonl"))];
        Noisy = [.. JsonLines.Read(In("wnut17/train.jsonl"), In("pii_nano/train.jsonl")).Select(MeasureRedaction.Read)];
        Wild = [.. JsonLines.Read(In("wnut17/validation.jsonl")).Select(MeasureRedaction.Read)];
        Plain = [.. JsonLines.Read(In("banking77/train.jsonl")).Where((_, i) => i % 4 == 0)
            .Select(line => new LabelledText(JsonLines.Text(line, "text"), []))];
        Vocabulary = [.. JsonLines.Read(
            In("banking77/train.jsonl"), In("clinc150/train.jsonl"), In("goemotions/train.jsonl"))
                .Select(line => JsonLines.Text(line, "text")),
            .. JsonLines.Read(In("eshop_tickets/tickets_train.jsonl")).SelectMany(line =>
                line.GetProperty("messages").EnumerateArray().Select(message => JsonLines.Text(message, "text"))),
            .. JsonLines.Read(In("tau2/banking_documents.jsonl")).Select(line => JsonLines.Text(line, "content"))];
    }

    /// <summary>Texts of which only the plain words are counted.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>Generated sentences, by template.</summary>
    public IReadOnlyList<TemplateTexts> Templated { get; }

    /// <summary>Labelled texts without templates.</summary>
    public IReadOnlyList<LabelledText> Noisy { get; }

    /// <summary>Labelled posts that nothing is trained on.</summary>
    public IReadOnlyList<LabelledText> Wild { get; }

    /// <summary>Support questions in which nothing is personal.</summary>
    public IReadOnlyList<LabelledText> Plain { get; }

    /// <summary>
    /// Both sets have the same templates with differently named slots: what stays without slots is compared.
    /// </summary>
    private static IEnumerable<TemplateTexts> Templates(string set, string file) => JsonLines.Read(file)
        .Select(line => (Template: Slots().Replace(JsonLines.Text(line, "masked"), ""),
            Text: MeasureRedaction.Read(line)))
        .GroupBy(p => string.Concat(p.Template.Where(char.IsLetterOrDigit)), p => p.Text)
        .Select(group => new TemplateTexts(set, group.Key, [.. group]));

    [GeneratedRegex(@"\{\{?\w+\}?\}|\b(?:american|2001|50|1965|1990s|14|texas|2)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Slots();
}
