"""Running the service: the doctor, the demo council, the worker, and preparing a start."""
