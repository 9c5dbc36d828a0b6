using System.Numerics.Tensors;
using Baton.Knowledge.Vectors;
using Baton.Playbooks;

namespace Baton.Evaluation.Scoring;

/// <summary>
/// Ragas' answer relevancy with people's questions in place of generated ones: mean cosine between what was asked and
/// the questions that the cited sections are written for.
/// </summary>
internal sealed class AnswerRelevancy(TextVectors vectors, Playbook playbook) : IMetric
{
    private const string Owner = "eval";

    public string Name => "answer_relevancy";

    public MetricKind Kind => MetricKind.Rate;

    public bool? HigherIsBetter => true;

    public string Counted => "those answered from sections with questions (local judge: the questions that people wrote "
        + "for the cited sections); refusals are left out, a cosine below 0 counts as 0";

    public async ValueTask<MetricScore?> ScoreAsync(EvaluatedTicket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Judged.Got != "answer") return null;
        var questions = ticket.Judged.Decision.Citations.DistinctBy(c => (c.ArticleId, c.Heading))
            .SelectMany(c => playbook.Articles.FirstOrDefault(a => a.Id == c.ArticleId)?.Questions
                .GetValueOrDefault(c.Heading) ?? []).ToList();
        if (questions.Count == 0) return null;
        var asked = await vectors.OfAsync(Owner, ticket.Question, cancellationToken);
        var known = await vectors.MakeAsync(Owner, questions, cancellationToken);
        return new MetricScore(Math.Max(0, questions.Average(
            q => (double)TensorPrimitives.CosineSimilarity<float>(asked, known[q]))));
    }
}
