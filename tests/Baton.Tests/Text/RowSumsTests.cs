using Baton.Text.Learning;

namespace Baton.Tests.Text;

public sealed class RowSumsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(77)]
    [InlineData(128)]
    [InlineData(150)]
    public void Agrees_with_adding_row_by_row(int width)
    {
        var random = new Random(width);
        var table = new float[9 * width + RowSums.Slack];
        for (var i = 0; i < 9 * width; i++) table[i] = random.NextSingle() - 0.5f;
        var sums = new float[width + RowSums.Slack];
        RowSums.Add(table, width, [8, 0, 3], [2f, -1f, 0.5f], sums);

        for (var c = 0; c < width; c++)
            Assert.Equal(2 * table[8 * width + c] - table[c] + 0.5f * table[3 * width + c], sums[c], 5);
    }

    [Fact]
    public void Refuses_rows_outside_of_the_table() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        RowSums.Add(new float[3 * 20 + RowSums.Slack], 20, [3], [1f], new float[20 + RowSums.Slack]));
}
