using Baton.Evaluation.Measurements;
using Baton.Tests.Knowledge;

namespace Baton.Tests.Evaluation;

public sealed class RetrievalAndGroundingMeasurementTests
{
    [Fact]
    public void Gives_full_marks_to_a_perfect_ranking_and_none_to_a_miss()
    {
        Baton.Knowledge.Article[] documents = [Articles.Returns, Articles.Shipping, Articles.Account];

        var figures = RetrievalMeasurement.Measure(
            documents,
            [
                new JudgedQuery("forgot password", new HashSet<string> { "account" }),
                new JudgedQuery("xylophone", new HashSet<string> { "returns" }),
            ], seed: 1);

        Assert.Equal(0.5, figures["ndcg_at_10"]);
        Assert.Equal(0.5, figures["recall_at_20"]);
        Assert.Equal(0.5, figures["mrr_at_10"]);
    }

    [Fact]
    public void Separates_borne_out_from_invented()
    {
        const string Source = "Standard shipping takes 3 to 5 days and is free above $60.";

        var figures = GroundingMeasurement.Measure(
        [
            new JudgedAnswer(Source, "Standard shipping takes 3 to 5 days.", true),
            new JudgedAnswer(Source, "Shipping is free above $60.", true),
            new JudgedAnswer(Source, "Standard shipping takes 9 days.", false),
            new JudgedAnswer(Source, "We sell kayaks in Bergen.", false),
        ], seed: 1);

        Assert.Equal(1.0, figures["auroc"]);
        Assert.Equal(1.0, figures["balanced_accuracy"]);
    }
}
