using Baton.Text.Learning;

namespace Baton.Tests.Text;

public sealed class LinearTrainerTests
{
    // Three classes, each with its own word and a noise word that all share.
    private static readonly SparseVector[] Examples =
        [.. Enumerable.Range(0, 60).Select(i => SparseVector.From([(i % 3, 1f), (3 + i % 7, 0.5f)]))];

    private static readonly int[] Labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)];

    [Theory]
    [InlineData(LinearLoss.SquaredHinge)]
    [InlineData(LinearLoss.Logistic)]
    public void Separates_what_can_be_separated(LinearLoss loss)
    {
        var model = LinearTrainer.Train(Examples, Labels, 3, 10, new LinearTrainerOptions { Loss = loss, C = 10 });

        Assert.All(Examples.Zip(Labels), pair => Assert.Equal(pair.Second, Best(model, pair.First)));
    }

    [Theory]
    [InlineData(LinearLoss.SquaredHinge)]
    [InlineData(LinearLoss.Logistic)]
    public void Gives_the_same_bits_on_one_thread_and_on_many(LinearLoss loss)
    {
        var one = LinearTrainer.Train(Examples, Labels, 3, 10, new() { Loss = loss, Parallelism = 1 });
        var many = LinearTrainer.Train(Examples, Labels, 3, 10, new() { Loss = loss, Parallelism = 4 });

        for (var feature = 0; feature < 10; feature++) Assert.Equal(one.WeightsOf(feature), many.WeightsOf(feature));
    }

    [Fact]
    public void Logistic_scores_are_log_odds()
    {
        // The same vector, positive three times of four: without much regularisation its score is log 3.
        SparseVector[] same = [.. Enumerable.Repeat(SparseVector.From([(0, 1f)]), 400)];
        int[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 0 : 1)];
        var model = LinearTrainer.Train(same, labels, 2, 1,
            new() { Loss = LinearLoss.Logistic, C = 100, Tolerance = 1e-4, MaxPasses = 500 });

        var scores = new float[2];
        model.Score(same[0], scores);

        Assert.Equal(Math.Log(3), scores[1], 0.02);
        Assert.Equal(-scores[1], scores[0]);
    }

    [Fact]
    public void Squared_hinge_reaches_the_optimum()
    {
        // One feature at +1 and −1 without bias: minimise ½w² + 2C(1 − w)², so w = 4C / (1 + 4C).
        SparseVector[] examples = [SparseVector.From([(0, 1f)]), SparseVector.From([(0, -1f)])];
        var model = LinearTrainer.Train(examples, [1, 0], 2, 1, new() { C = 0.5, Bias = 0, Tolerance = 1e-6 });

        Assert.Equal(2.0 / 3, model.WeightsOf(0)[1], 1e-4);
    }

    [Fact]
    public void Learns_several_classes_for_one_example()
    {
        SparseVector[] examples = [.. Enumerable.Range(0, 40).Select(i =>
            SparseVector.From([(0, i % 2 == 0 ? 1f : 0f), (1, i % 4 < 2 ? 1f : 0f)]))];
        IReadOnlyList<int>[] labels = [.. Enumerable.Range(0, 40).Select(i =>
            (int[])[.. (i % 2 == 0 ? new[] { 0 } : []), .. (i % 4 < 2 ? new[] { 1 } : [])])];
        var model = LinearTrainer.TrainMultiLabel(examples, labels, 2, 2, new() { C = 10 });

        var scores = new float[2];
        model.Score(SparseVector.From([(0, 1f), (1, 1f)]), scores);

        Assert.True(scores[0] > 0 && scores[1] > 0);
    }

    [Fact]
    public void Comes_back_from_a_stream_with_the_same_scores()
    {
        var model = LinearTrainer.Train(Examples, Labels, 3, 10);
        var stream = new MemoryStream();
        model.Save(stream);
        stream.Position = 0;
        var loaded = LinearModel.Load(stream);

        var (a, b) = (new float[3], new float[3]);
        model.Score(Examples[4], a);
        loaded.Score(Examples[4], b);
        Assert.Equal(a, b);
    }

    [Fact]
    public void Refuses_a_stream_that_is_cut_short()
    {
        var stream = new MemoryStream();
        LinearTrainer.Train(Examples, Labels, 3, 10).Save(stream);
        stream.SetLength(stream.Length - 5);
        stream.Position = 0;

        Assert.Throws<InvalidDataException>(() => LinearModel.Load(stream));
    }

    [Fact]
    public void One_class_scores_zero_and_no_examples_is_no_error()
    {
        Assert.Equal(0, LinearTrainer.Train(Examples, new int[60], 1, 10).Biases[0]);
        Assert.Equal(3, LinearTrainer.Train([], [], 3, 10).Classes);
    }

    private static int Best(LinearModel model, SparseVector vector)
    {
        var scores = new float[model.Classes];
        model.Score(vector, scores);
        return Array.IndexOf(scores, scores.Max());
    }
}
