using System.Globalization;
using Baton.Privacy;

namespace Baton.Tests.Privacy;

/// <summary>A time is nobody's telephone number and no card, however exactly it is written.</summary>
public sealed class TimeStampTests
{
    private static readonly Redactor Redactor = new();

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fffffffzzz"), InlineData("yyyy-MM-ddTHH:mm:ss.ffffffZ")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fffffffzzz"), InlineData("yyyy-MM-dd HH:mm:ss,fff"), InlineData("HH:mm:ss.fffffff")]
    [InlineData("yyyyMMddTHHmmssZ"), InlineData("yyyy-MM-ddTHH:mm:ssZ"), InlineData("yyyy-MM-ddTHH:mmzzz")]
    [InlineData("dd/MMM/yyyy:HH:mm:ss zzz"), InlineData("ddd, dd MMM yyyy HH:mm:ss GMT"), InlineData("MMM d HH:mm:ss.fff")]
    public void Leaves_time_stamps_alone(string format)
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var at = DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(TimeSpan.FromDays(25_000).Ticks));
            var stamp = at.ToString(format, CultureInfo.InvariantCulture);
            foreach (var text in (string[])[stamp, $"It failed at {stamp}, twice.", $"[{stamp}] error", $"t={stamp}\nnext"])
                Assert.True(Redactor.Find(text).Count == 0, text);
        }
    }

    [Theory]
    [InlineData("Call me at 10:30. 0786 123 4567", "0786 123 4567")]
    [InlineData("Call me at 10:30.0786 123 4567", "0786 123 4567")]
    [InlineData("between 9:00 and 17:30 on 0786 123 4567", "0786 123 4567")]
    [InlineData("2026-11-29T19:46:03Z from +41 44 668 18 01", "+41 44 668 18 01")]
    [InlineData("phone:07861234567", "07861234567")]
    public void Finds_telephone_numbers_beside_times(string text, string phone)
    {
        var span = Assert.Single(Redactor.Find(text));
        Assert.Equal((PersonalDataType.Phone, phone), (span.Type, text.Substring(span.Start, span.Length)));
    }
}
