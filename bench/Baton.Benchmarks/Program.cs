using Baton.Benchmarks.Training;
using BenchmarkDotNet.Running;

if (args is ["train-tone", ..]) return TrainTone.Run(args[1..]);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
