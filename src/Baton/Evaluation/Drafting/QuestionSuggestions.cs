using System.Numerics.Tensors;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Knowledge;
using Baton.Knowledge.Choice;
using Baton.Knowledge.Vectors;
using Baton.Playbooks;

namespace Baton.Evaluation.Drafting;

/// <summary>A question that a section seems to answer.</summary>
/// <param name="Similarity">Cosine to what the section says or is asked for already.</param>
/// <param name="From">Where it was asked: <c>tickets</c>, or the intent whose example it is.</param>
internal sealed record SuggestedQuestion(string Text, double Similarity, string From);

/// <summary>What to ask a section for.</summary>
/// <param name="Has">Questions that it has.</param>
internal sealed record SectionSuggestions(
    string ArticleId, string Heading, int Has, IReadOnlyList<SuggestedQuestion> Questions);

/// <summary>
/// Proposes questions for sections that have few: sentences of tickets and examples of intents whose nearest text is
/// one of the section's, and of no other section nearly so much. They are proposals: nearness is no answer.
/// </summary>
internal sealed class QuestionSuggestions(TextVectors vectors, string cacheFolder)
{
    /// <summary>Under this cosine two texts are on different matters.</summary>
    private const double Near = 0.50;

    /// <summary>Another section, or a request that no article answers, must be this much farther away.</summary>
    private const double Margin = 0.03;

    /// <summary>From this cosine on two questions are one.</summary>
    private const double Same = 0.93;

    private const int Shortest = 10, Longest = 200;

    /// <summary>Questions of tickets that are looked at, the first ones.</summary>
    public const int MostAsked = 10_000;

    private const string Tickets = "tickets", Personal = " it ";

    /// <param name="Vectors">Of its heading, its questions, and what it says.</param>
    private sealed record Known(ArticleSection Section, IReadOnlyList<float[]> Vectors)
    {
        public int Has => Section.Questions.Count;

        public IEnumerable<float[]> Asked => Vectors.Skip(1).Take(Has);
    }

    /// <param name="messages">What customers wrote, redacted: subject and text.</param>
    /// <param name="fewerThan">Sections with as many questions need none.</param>
    /// <param name="most">Proposals a section.</param>
    public async Task<IReadOnlyList<SectionSuggestions>> OfAsync(
        Playbook playbook, IEnumerable<(string Subject, string Body)> messages, int fewerThan, int most,
        CancellationToken cancellationToken)
    {
        var sections = Sections(playbook);
        var others = vectors.OfPlaybook([.. playbook.Intents.Where(i => i.Class != IntentClass.Knowledge)
            .SelectMany(i => i.Examples).Distinct()], cacheFolder);
        var proposals = sections.ConvertAll(_ => new List<(SuggestedQuestion Question, float[] Vector)>());
        foreach (var (text, from, vector) in Examples(playbook))
            Propose(text, from, vector, sections, others, proposals);
        foreach (var text in Asked(messages))
        {
            var vector = await vectors.OfAsync("suggestions", text, cancellationToken).ConfigureAwait(false);
            Propose(text, Tickets, vector, sections, others, proposals);
        }
        return [.. sections.Select((s, i) => (s, i)).Where(p => p.s.Has < fewerThan && CanHaveQuestions(p.s.Section))
            .Select(p => new SectionSuggestions(
                p.s.Section.ArticleId, p.s.Section.Heading, p.s.Has, Best(proposals[p.i], p.s.Asked, most)))
            .Where(s => s.Questions.Count > 0)];
    }

    /// <summary>Questions are listed under headings of the second level; deeper ones have none.</summary>
    private static bool CanHaveQuestions(ArticleSection section) =>
        section.Heading.Length > 0 && !section.Heading.Contains(" › ", StringComparison.Ordinal);

    private List<Known> Sections(Playbook playbook)
    {
        var options = new KnowledgeOptions();
        var sections = playbook.Articles
            .SelectMany(a => ArticleSection.Of(PlaybookSections.ToArticle(a), a.Questions, options)).ToList();
        // Asked for in one go: one that is made is written to a file with all of them.
        var texts = sections.ConvertAll(s => (List<string>)
            [$"{s.Title}: {s.Heading}", .. s.Questions, .. s.Statements()]);
        var made = vectors.OfPlaybook([.. texts.SelectMany(t => t)], cacheFolder);
        var at = 0;
        return [.. sections.Select((s, i) =>
        {
            var own = made.Skip(at).Take(texts[i].Count).ToList();
            at += texts[i].Count;
            return new Known(s, own);
        })];
    }

    private IEnumerable<(string Text, string From, float[] Vector)> Examples(Playbook playbook)
    {
        var examples = playbook.Intents.Where(i => i.Class == IntentClass.Knowledge)
            .SelectMany(i => i.Examples.Where(IsQuestion).Select(e => (Text: e, From: i.Name))).ToList();
        var made = vectors.OfPlaybook([.. examples.Select(e => e.Text)], cacheFolder);
        return examples.Select((e, i) => (e.Text, $"intent {e.From}", made[i]));
    }

    private static IEnumerable<string> Asked(IEnumerable<(string Subject, string Body)> messages) => messages
        .SelectMany(m => MessageUnits.Of(MessageText.ForIntent(m.Subject, m.Body)) is { Asked: > 0 } units
            ? units.Questions : [])
        .Select(q => string.Join(' ', q.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        // Where a name or a number stood, the question is about one customer.
        .Where(q => IsQuestion(q) && !q.Contains('[') && !q.EndsWith(Personal.TrimEnd(), StringComparison.Ordinal))
        .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostAsked);

    private static bool IsQuestion(string text) => text.Length is >= Shortest and <= Longest;

    private static void Propose(
        string text, string from, float[] vector, List<Known> sections, IReadOnlyList<float[]> others,
        List<List<(SuggestedQuestion, float[])>> proposals)
    {
        var (best, first, second) = (-1, 0.0, 0.0);
        for (var s = 0; s < sections.Count; s++)
        {
            var near = sections[s].Vectors.Max(v => (double)TensorPrimitives.Dot<float>(v, vector));
            if (near > first) (best, first, second) = (s, near, first);
            else if (near > second) second = near;
        }
        if (best < 0 || first < Near || first - second < Margin) return;
        if (others.Count > 0 && first - others.Max(v => (double)TensorPrimitives.Dot<float>(v, vector)) < Margin)
            return;
        proposals[best].Add((new SuggestedQuestion(text, Math.Round(first, 3), from), vector));
    }

    /// <summary>The nearest, each said once.</summary>
    private static List<SuggestedQuestion> Best(
        List<(SuggestedQuestion Question, float[] Vector)> proposals, IEnumerable<float[]> asked, int most)
    {
        var said = asked.ToList();
        var taken = new List<SuggestedQuestion>();
        foreach (var proposal in proposals.OrderByDescending(p => p.Question.Similarity)
            .ThenBy(p => p.Question.Text, StringComparer.Ordinal))
        {
            if (taken.Count == most) break;
            if (said.Any(v => TensorPrimitives.Dot<float>(v, proposal.Vector) >= Same)) continue;
            taken.Add(proposal.Question);
            said.Add(proposal.Vector);
        }
        return taken;
    }
}
