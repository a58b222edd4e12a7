// WASI preview 1 for guests: context grants a guest its world, run starts it. An optional header;
// it includes headers of the operating system, which the core does not.
#pragma once

#include <dovetail/wasi/configuration.hpp>
#include <dovetail/wasi/context.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/run.hpp>
#include <dovetail/wasi/streams.hpp>
