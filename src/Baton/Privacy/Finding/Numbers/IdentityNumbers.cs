namespace Baton.Privacy.Finding.Numbers;

/// <summary>National numbers that are all digits. A checksum alone is not enough: form or context must agree.</summary>
internal static class IdentityNumbers
{
    /// <summary>Looks at a run of digits; returns the last token of what was found, or 0.</summary>
    public static int Find(Reading reading, NumberRun run, WordClass cue)
    {
        if (run.HasPlus || cue == WordClass.CuePhone && run.Groups == 1) return 0;
        var score = Score(reading, run, cue, out var groups);
        if (score == 0) return 0;
        var last = run.GroupEnds[groups - 1];
        reading.Add(reading.Tokens[run.First].Start, reading.Tokens[last].End, PersonalDataType.NationalId, score);
        return last;
    }

    private static double Score(Reading reading, NumberRun run, WordClass cue, out int groups)
    {
        groups = run.Groups;
        var announced = cue == WordClass.CueNationalId;
        if (run.Groups >= 3 && IsSocialSecurityForm(reading, run, out var separator))
        {
            groups = 3;
            if (separator == '-' || announced) return announced ? 1 : 0.9;
        }
        var digits = run.All;
        if (run.Count == 11 && IsCpfForm(reading, run) && Checksums.Cpf(digits)) return 0.95;
        if (!announced) return run.Count == 15 && run.Groups is 5 or 6 && digits[0] is '1' or '2'
            && Checksums.Nir(digits) ? 0.9 : 0;
        return run.Count switch
        {
            9 => digits[..3] is "000" or "666" && !Checksums.Bsn(digits) ? 0 : 0.9,
            11 when Checksums.SteuerId(digits) || Checksums.Pesel(digits) || Checksums.Cpf(digits) => 1,
            12 when Checksums.Aadhaar(digits) => 1,
            10 or 12 when Checksums.Luhn(digits[^10..]) => 0.95,
            15 when Checksums.Nir(digits) => 1,
            _ => 0,
        };
    }

    /// <summary>ddd-dd-dddd, not from the blocks that are never issued.</summary>
    private static bool IsSocialSecurityForm(Reading reading, NumberRun run, out char separator)
    {
        separator = reading.Mark(run.First + 1);
        var spaced = separator == '\0';
        var tokens = reading.Tokens;
        if (tokens[run.GroupEnds[0]].Length != 3 || tokens[run.GroupEnds[1]].Length != 2
            || tokens[run.GroupEnds[2]].Length != 4) return false;
        if (!spaced && reading.Mark(run.GroupEnds[1] + 1) != separator) return false;
        return run.All[..3] is not ("000" or "666") && run.All[3..5] is not "00" && run.All[5..9] is not "0000";
    }

    private static bool IsCpfForm(Reading reading, NumberRun run) => run.Groups == 4
        && reading.Tokens[run.First].Length == 3 && reading.Tokens[run.LastToken].Length == 2
        && reading.Mark(run.First + 1) == '.' && reading.Mark(run.LastToken - 1) == '-';
}
