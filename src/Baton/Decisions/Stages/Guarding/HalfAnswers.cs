using Baton.Decisions.Turns;
using Baton.Gateway;
using Baton.Knowledge.Answers;
using Baton.Knowledge.Choice;
using Baton.Knowledge.Indexing;

namespace Baton.Decisions.Stages.Guarding;

/// <summary>
/// Requests of a message that the sections of an accepted reply do not answer. Acceptance judges the message as a
/// whole, and a second matter in a few words hardly moves it: here each request that stands by itself is held against
/// the sections.
/// </summary>
internal static class HalfAnswers
{
    private const int MostRequests = 12;

    // Chosen on the development letters that northwind's articles answer and fifty made-up double questions; see
    // docs/local-tier/answers.md.
    private const double Covered = 0.1, Enough = 0.5, MuchNearer = 0.28, NearElsewhere = 0.55, SureOfOther = 0.65,
        Far = 0.2, Half = 0.5;

    /// <summary>How many of how many requests stay open; none of one, which acceptance has judged.</summary>
    public static async ValueTask<(int Open, int Asked)> CountAsync(
        Turn turn, SectionChoiceOf choice, CancellationToken cancellationToken)
    {
        var requests = OpenQuestions.Clauses(MessageText.ForIntent(turn.Subject, turn.Body), wishes: true)
            .SelectMany(RunOnQuestions.Split)
            .Select(clause => (Clause: clause, Terms: OpenQuestions.Terms(clause)))
            .Where(r => r.Terms.Count > 0).Take(MostRequests).ToList();
        if (requests.Count < 2 || turn.Models.Chooser is not { } sections) return (0, requests.Count);
        if (await CoverAsync(turn, sections, [.. requests.Select(r => r.Clause)], choice, cancellationToken)
            is not { } cover)
            return (requests.Count, requests.Count);
        var said = choice.Sections.SelectMany(s => (string[])[s.Title, s.Heading, s.Text, .. s.Questions])
            .SelectMany(text => TermLexicon.Terms(text)).ToHashSet();
        var half = cover.Any(c => c.Shown >= Half);
        var open = requests.Where((r, i) => cover[i].Shown < Covered
            && r.Terms.Count(said.Contains) <= Enough * r.Terms.Count
            && (IsElsewhere(cover[i]) || half && IsForeign(r.Clause, r.Terms, said, cover[i])
                || IsOfOther(turn, r.Clause, r.Terms.Count, choice))).Count();
        return (Math.Min(open, requests.Count), requests.Count);
    }

    /// <summary>Null where the service of vectors has gone since the sections were chosen: a person has it.</summary>
    private static async ValueTask<IReadOnlyList<QuestionCover>?> CoverAsync(
        Turn turn, SectionModel sections, IReadOnlyList<string> requests, SectionChoiceOf choice,
        CancellationToken cancellationToken)
    {
        try
        {
            return await sections.CoverAsync(turn.Input.Customer, requests, choice.Sections, cancellationToken);
        }
        catch (GatewayException)
        {
            return null;
        }
    }

    /// <summary>Another section is much nearer to it than those shown.</summary>
    private static bool IsElsewhere(QuestionCover cover) =>
        cover.Elsewhere >= NearElsewhere && cover.Elsewhere - cover.Near >= MuchNearer;

    /// <summary>
    /// A question of which the sections shown name nothing at all, beside one that they answer: "do you have jobs".
    /// </summary>
    private static bool IsForeign(string clause, HashSet<string> terms, HashSet<string> said, QuestionCover cover) =>
        cover.Near < Far && RunOnQuestions.IsOne(clause) && !MessageUnits.Refers(clause)
        && !terms.Overlaps(said);

    /// <summary>By itself it is of an intent that the sections shown do not belong to.</summary>
    private static bool IsOfOther(Turn turn, string clause, int terms, SectionChoiceOf choice)
    {
        if (terms < 2 || MessageUnits.Refers(clause)) return false;
        var reading = turn.Models.Read(turn.Input.Customer, "", clause, LocalModels.Language(clause), turn.Fields);
        return reading.Confidence >= SureOfOther && turn.Playbook.FindIntent(reading.Intent) is { } intent
            && !choice.Sections.Any(s => intent.Articles.Contains(s.ArticleId));
    }
}
