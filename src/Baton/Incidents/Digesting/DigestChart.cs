using System.Globalization;
using Baton.Incidents.Digesting.Drawing;

namespace Baton.Incidents.Digesting;

/// <summary>Answered and handed over by day, as stacked bars.</summary>
internal static class DigestChart
{
    private const int Width = 1128, Height = 460, Left = 24, Right = 24, Top = 76, Bottom = 56, Letters = 3;

    /// <summary>Days that have their number above; of more they would run into each other.</summary>
    private const int MostNumbered = 14;

    /// <summary>PNG of twice the size at which it is shown.</summary>
    public static byte[] Png(DigestFacts facts)
    {
        var (raster, days) = (new Raster(Width, Height), facts.Days);
        raster.Fill(0, 0, Width, Height, Ink.Paper);
        Legend(raster);
        var most = Math.Max(1, days.Max(d => d.Answered + d.HandedOver));
        var (room, slot) = (Height - Top - Bottom, (Width - Left - Right) / (double)days.Count);
        for (var i = 0; i < days.Count; i++)
        {
            var (from, to) = ((int)(Left + (i * slot) + (slot * 0.14)), (int)(Left + ((i + 1) * slot) - (slot * 0.14)));
            var (answered, people) = (Pixels(days[i].Answered), Pixels(days[i].HandedOver));
            var foot = Height - Bottom;
            raster.Fill(from, foot - answered, to - from, answered, Ink.Answered);
            raster.Fill(from, foot - answered - people, to - from, people, Ink.People);
            var middle = (from + to) / 2;
            var day = DateTimeOffset.UnixEpoch.AddDays(days[i].Day);
            if (days.Count <= MostNumbered)
                Centred(raster, Short(days[i].Answered + days[i].HandedOver), middle,
                    foot - answered - people - (Glyphs.Height * Letters) - 6);
            if (days.Count <= MostNumbered || (days.Count - 1 - i) % 7 == 0)
                Centred(raster, day.ToString("MM-dd", CultureInfo.InvariantCulture)[(days.Count <= MostNumbered ? 3 : 0)..],
                    middle, foot + 14);
        }
        raster.Fill(Left, Height - Bottom, Width - Left - Right, 2, Ink.Text);
        return PngFile.Of(raster);

        int Pixels(long count) => (int)(room * count / (double)most);
    }

    /// <summary>The same for who does not see it.</summary>
    public static string Words(DigestFacts facts) => FormattableString.Invariant(
        $"Bars by day until {DigestLine.Day(facts.Period.To)}: {facts.Days.Sum(d => d.Answered):N0} answered, {facts.Days.Sum(d => d.HandedOver):N0} handed to people in {facts.Days.Count} days");

    private static void Legend(Raster raster)
    {
        var x = Left;
        foreach (var (ink, word) in ((Ink, string)[])[(Ink.Answered, "ANSWERED"), (Ink.People, "TO PEOPLE")])
        {
            raster.Fill(x, 18, 22, 22, ink);
            x = raster.Write(word, x + 32, 18, Letters) + 40;
        }
    }

    private static void Centred(Raster raster, string text, int middle, int top) =>
        raster.Write(text, middle - (Glyphs.Width(text) * Letters / 2), top, Letters);

    private static string Short(long count) => count < 10_000 ? $"{count}" : $"{count / 1000}K";
}
