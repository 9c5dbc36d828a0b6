namespace Baton.Evaluation.Sequential;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>The chance of a value up to z: Hart's approximation as West (2005) gives it, to 15 digits.</summary>
    public static double Below(double z)
    {
        var x = Math.Abs(z);
        if (x > 37) return z > 0 ? 1 : 0;
        var tail = Math.Exp(-x * x / 2);
        if (x < 7.07106781186547)
        {
            var top = ((((((3.52624965998911e-02 * x + 0.700383064443688) * x + 6.37396220353165) * x
                + 33.912866078383) * x + 112.079291497871) * x + 221.213596169931) * x + 220.206867912376);
            var bottom = (((((((8.83883476483184e-02 * x + 1.75566716318264) * x + 16.064177579207) * x
                + 86.7807322029461) * x + 296.564248779674) * x + 637.333633378831) * x + 793.826512519948) * x
                + 440.413735824752);
            tail *= top / bottom;
        }
        else tail /= (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) * 2.506628274631;
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The value below which a chance lies, by bisection.</summary>
    public static double Quantile(double chance)
    {
        var (low, high) = (-37.0, 37.0);
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (Below(middle) < chance) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
