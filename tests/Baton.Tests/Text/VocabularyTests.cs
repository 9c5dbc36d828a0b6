using Baton.Text;
using Baton.Text.Learning;

namespace Baton.Tests.Text;

public sealed class VocabularyTests
{
    [Fact]
    public void Numbers_features_in_the_order_they_come_and_keeps_them_when_it_grows()
    {
        var vocabulary = new Vocabulary(expected: 4);
        for (var i = 0; i < 5000; i++) Assert.Equal(i, vocabulary.Add(FeatureKey.Of(1, $"word{i}")));

        Assert.Equal(4321, vocabulary.Find(FeatureKey.Of(1, "word4321")));
        Assert.Equal(17, vocabulary.Add(FeatureKey.Of(1, "word17")));
        Assert.Equal(-1, vocabulary.Find(FeatureKey.Of(2, "word17")));
    }

    [Fact]
    public void Comes_back_from_a_stream_as_it_was()
    {
        var vocabulary = new Vocabulary();
        for (var i = 0; i < 100; i++) vocabulary.Add(FeatureKey.Of(1, $"word{i}"));
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            vocabulary.Save(writer);
        stream.Position = 0;

        using var reader = new BinaryReader(stream);
        Assert.Equal(vocabulary.Keys(), Vocabulary.Load(reader).Keys());
    }

    [Fact]
    public void Keys_are_the_same_in_every_process() =>
        Assert.Equal(FeatureKey.Of(7, "refund"), FeatureKey.Of(7, "refund".ToCharArray()));

    [Fact]
    public void Counts_repeated_features()
    {
        var vector = SparseVector.Counted([5, 1, 5, 9, 5]);

        Assert.Equal([1, 5, 9], vector.Indices);
        Assert.Equal([1f, 3f, 1f], vector.Values);
    }

    [Fact]
    public void Sparse_products_agree_with_dense_ones()
    {
        var a = SparseVector.From([(3, 2f), (0, 1f), (3, 1f)]);
        var b = SparseVector.From([(3, 4f), (2, 5f)]);

        Assert.Equal(12f, a.Dot(b));
        Assert.Equal(12f, a.Dot([0f, 0f, 5f, 4f]));
        Assert.Equal(1f, b.Normalized().SquaredNorm, 5);
    }
}
