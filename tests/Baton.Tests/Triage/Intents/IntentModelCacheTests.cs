using Baton.Triage.Intents;

namespace Baton.Tests.Triage.Intents;

public sealed class IntentModelCacheTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("baton-intents-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Trains_once_for_the_same_content()
    {
        var cache = new IntentModelCache(_directory);
        var first = cache.GetOrTrain(IntentExamples.Shots(2));
        var file = Assert.Single(Directory.GetFiles(_directory));
        var written = File.GetLastWriteTimeUtc(file);
        var second = cache.GetOrTrain(IntentExamples.Shots(2));

        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.Equal(IntentExamples.Bytes(first), IntentExamples.Bytes(second));
    }

    [Fact]
    public void Another_example_or_option_is_another_model()
    {
        var options = new IntentModelOptions();
        var key = IntentModelCache.Key(IntentExamples.Shots(2), options);

        Assert.NotEqual(key, IntentModelCache.Key(IntentExamples.Shots(3), options));
        Assert.NotEqual(key, IntentModelCache.Key(IntentExamples.Shots(2), options with { Seed = 2 }));
        Assert.NotEqual(key, IntentModelCache.Key(IntentExamples.Shots(2), options, "an encoder"));
        Assert.NotEqual(key, IntentModelCache.Key(
            [.. IntentExamples.Shots(2).Select(e => e with { IsBorrowed = true })], options));
        Assert.Equal(key, IntentModelCache.Key(IntentExamples.Shots(2), options with { Parallelism = 7 }));
    }

    [Fact]
    public void Trains_again_when_the_file_is_damaged()
    {
        var cache = new IntentModelCache(_directory);
        cache.GetOrTrain(IntentExamples.Shots(2));
        File.WriteAllText(Directory.GetFiles(_directory).Single(), "not a model");

        Assert.Equal("refund", cache.GetOrTrain(IntentExamples.Shots(2)).Predict("refund").Intent);
    }

    [Fact]
    public void Two_hosts_of_one_program_may_train_the_same_model_at_once()
    {
        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 },
            _ => Assert.NotNull(new IntentModelCache(_directory).GetOrTrain(IntentExamples.Shots(2))));

        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void Keeps_only_so_many_models()
    {
        var cache = new IntentModelCache(_directory, keep: 1);
        cache.GetOrTrain(IntentExamples.Shots(1));
        cache.GetOrTrain(IntentExamples.Shots(2));

        Assert.Single(Directory.GetFiles(_directory));
    }
}
