using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Tests.Playbooks;

/// <summary>What was learnt from labelled tickets lies beside the playbook, whole or not at all.</summary>
public sealed class AnswerWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-weights-").FullName;

    private static AnswerWeights Some => new(
        AnswerWeights.CurrentRecipe, 200, 0.9, Numbers(0.5), Numbers(1.5), [.. Numbers(0.1), 0.25]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void They_are_read_as_they_were_written()
    {
        var read = Assert.IsType<LoadedPlaybook.Valid>(Load(Some.ToYaml())).Playbook.Answers;

        Assert.Equal(Some.Content(), read!.Content());
        Assert.Equal(0.9, read.Point95);
    }

    [Theory]
    [InlineData("point_95: 0.9", "point_95: 0.7", "not those it was written with")]
    [InlineData("0.25]", "0.26]", "not those it was written with")]
    [InlineData("recipe: answers-4", "recipe: answers-1", "made for 'answers-1'")]
    [InlineData("mean: [0.5, ", "mean: [", "must weigh 18 signals")]
    [InlineData("deviation: [1.5, ", "deviation: [0, ", "must weigh 18 signals")]
    [InlineData("weights: [0.1, ", "weights: [much, ", "is no number")]
    public void Others_are_a_problem_of_the_playbook(string old, string changed, string problem)
    {
        var yaml = Some.ToYaml();
        Assert.Contains(old, yaml, StringComparison.Ordinal);

        var problems = Assert.IsType<LoadedPlaybook.Invalid>(Load(yaml.Replace(old, changed))).Problems;

        Assert.Contains(problems, p => p.Message.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.87, null, 0.95)]
    [InlineData(0.97, null, 0.97)]
    [InlineData(0.87, 0.80, 0.87)]
    [InlineData(0.87, 0.91, 0.91)]
    [InlineData(0.50, 0.91, 0.91)]
    public void Nothing_is_sent_below_the_threshold_or_the_playbooks_own_95_percent_point(
        double threshold, double? point, double from)
    {
        var playbook = Baton.Tests.Some.Playbook() with
        {
            Thresholds = new Thresholds { Answer = threshold },
            Answers = point is { } p ? Some with { Point95 = p } : null,
        };

        Assert.Equal(from, playbook.AnswerFrom);
    }

    private LoadedPlaybook Load(string yaml)
    {
        new PlaybookFiles().With("answers.yaml", yaml).WriteTo(_folder);
        return PlaybookLoader.Load(_folder);
    }

    private static double[] Numbers(double value) => [.. Enumerable.Repeat(value, AnswerWeights.Signals)];
}
