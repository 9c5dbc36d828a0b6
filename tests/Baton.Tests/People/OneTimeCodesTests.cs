using Baton.People.SignIn;

namespace Baton.Tests.People;

public sealed class OneTimeCodesTests
{
    /// <summary>The key of RFC 6238's appendix B, "12345678901234567890", in base 32.</summary>
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// <summary>The last six digits of the appendix's codes of eight.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Makes_the_codes_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, OneTimeCodes.Code(Key, At(seconds)));

    [Theory]
    [InlineData(0, true)]
    [InlineData(29, true)]
    [InlineData(30, true)]
    [InlineData(-30, true)]
    [InlineData(60, false)]
    [InlineData(-61, false)]
    public void Takes_a_code_for_a_step_around_its_own(int late, bool taken)
    {
        var code = OneTimeCodes.Code(Key, At(1_000_000_020));

        Assert.Equal(taken, OneTimeCodes.StepOf(Key, code, At(1_000_000_020 + late), 0) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("١٢٣٤٥٦")]
    public void Refuses_what_is_no_code(string code) =>
        Assert.Null(OneTimeCodes.StepOf(Key, code, At(1_000_000_000), 0));

    [Fact]
    public void Takes_a_code_with_the_blank_that_apps_show_and_none_twice()
    {
        var code = OneTimeCodes.Code(Key, At(1_000_000_000));
        var step = OneTimeCodes.StepOf(Key, code[..3] + " " + code[3..], At(1_000_000_000), 0);

        Assert.NotNull(step);
        Assert.Null(OneTimeCodes.StepOf(Key, code, At(1_000_000_000), step.Value));
    }

    [Fact]
    public void Makes_keys_that_apps_can_read()
    {
        var key = OneTimeCodes.NewKey();

        Assert.Equal(32, key.Length);
        Assert.NotEqual(key, OneTimeCodes.NewKey());
        Assert.Equal($"otpauth://totp/Baton:ann%40example.com?secret={key}&issuer=Baton",
            OneTimeCodes.Link(key, "ann@example.com"));
    }

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
