using Baton.Triage.Intents;
using Baton.Triage.Intents.Features;
using Baton.Triage.Intents.Networks;

namespace Baton.Tests.Triage.Intents;

public sealed class LearntWordsTests
{
    private static readonly string[] Texts = [.. IntentExamples.All.Select(e => e.Text)];
    private static readonly int[] Classes = [.. IntentExamples.All.Select((_, i) => i / 8)];

    [Fact]
    public void Come_with_the_program_for_networks_of_the_default_size()
    {
        Assert.NotNull(LearntWords.Default);
        Assert.Equal(new IntentModelOptions().HiddenUnits, LearntWords.Default.Width);
        Assert.True(LearntWords.Default.Count > 1000);
    }

    [Fact]
    public void Come_back_from_a_stream_and_start_a_network()
    {
        var bytes = Train();
        var words = LearntWords.Load(new MemoryStream(bytes));
        var keys = FeatureSpace.Fit(Texts, Classes, 4, few: false, new FeatureScratch()).Keys();
        var network = new SentenceNet(keys.Length, words.Width, 4);
        words.Start(network, keys);

        Assert.Equal(50, words.Count);
        Assert.Equal(50, Enumerable.Range(0, keys.Length).Count(f => network.Row(f).ContainsAnyExcept(0f)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes() => Assert.Equal(Train(), Train());

    [Fact]
    public void Leave_a_network_of_another_size_alone()
    {
        var network = new SentenceNet(3, 7, 2);

        LearntWords.Load(new MemoryStream(Train())).Start(network, [1, 2, 3]);

        Assert.All(network.Input, weight => Assert.Equal(0, weight));
    }

    private static byte[] Train()
    {
        using var stream = new MemoryStream();
        LearntWords.Train(Texts, Classes, 4, new IntentModelOptions { HiddenUnits = 16 }, epochs: 2, rows: 50)
            .Save(stream);
        return stream.ToArray();
    }
}
